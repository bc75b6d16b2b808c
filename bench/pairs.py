#!/usr/bin/env python3
"""Runs whole commands by turns, A B C A B C ..., and says what each took, and how each compares with the first.

    bench/pairs.py ROUNDS NAME 'COMMAND' NAME 'COMMAND'...

With PAIRS_PAUSE=SECONDS in the environment each waits a random time up to that before it starts: a service with a rhythm, such as a log that answers
once a second, would else be met at the same moment of it each time. One round before is not counted. Wall time, processor time (user and system, all children that were waited for) and peak memory are the
kernel's own numbers for the finished process. Ratios are those of neighbours in one round; medians are printed, and the least. Output of the
commands is thrown away; a status other than 0 ends everything."""
import os
import random
import shlex
import statistics
import subprocess
import sys
import time


def run(command):
    time.sleep(random.uniform(0, float(os.environ.get('PAIRS_PAUSE', '0'))))
    start = time.monotonic()
    process = subprocess.Popen(shlex.split(command), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    said = process.stderr.read()
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    wall = time.monotonic() - start
    if process.returncode != 0:
        sys.exit(f'pairs: {command} ended with {process.returncode}: {said.decode(errors="replace")[-400:]}')
    return wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def main():
    rounds, rest = int(sys.argv[1]), sys.argv[2:]
    names, commands = rest[::2], rest[1::2]
    figures = [[] for _ in commands]
    for turn in range(rounds + 1):
        for command, kept in zip(commands, figures):
            figure = run(command)
            if turn > 0:
                kept.append(figure)
    print(f'{"":28} {"wall ms":>9} {"least":>9} {"CPU ms":>9} {"least":>9} {"MB":>6} {"wall ratio":>11} {"CPU ratio":>10}')
    for name, kept in zip(names, figures):
        wall, cpu, memory = ([figure[i] for figure in kept] for i in range(3))
        ratio = [statistics.median(mine[i] / first[i] for mine, first in zip(kept, figures[0])) for i in range(2)]
        print(f'{name:28} {statistics.median(wall) * 1e3:9.0f} {min(wall) * 1e3:9.0f} {statistics.median(cpu) * 1e3:9.0f} {min(cpu) * 1e3:9.0f} '
              f'{max(memory):6.0f} {ratio[0]:11.2f} {ratio[1]:10.2f}')


main()
