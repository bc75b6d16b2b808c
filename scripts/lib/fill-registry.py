#!/usr/bin/env python3
"""Copies one artifact of a registry on loopback, with its referrers, into many repositories of it: only HTTP, so that it is quick.

    scripts/lib/fill-registry.py HOST REPOSITORY:TAG COUNT PREFIX"""
import http.client
import json
import sys
import urllib.parse

host, source, count, prefix = sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4]
repository, tag = source.rsplit(':', 1)
connection = http.client.HTTPConnection(host)
MANIFEST = 'application/vnd.oci.image.manifest.v1+json'


def call(method, path, wanted, body=None, kind=None):
    headers = {'Accept': MANIFEST + ', application/vnd.oci.image.index.v1+json'}
    if kind:
        headers['Content-Type'] = kind
    connection.request(method, path, body=body, headers=headers)
    answer = connection.getresponse()
    content = answer.read()
    if answer.status not in wanted:
        sys.exit(f'fill-registry: {method} {path}: {answer.status} {content[:200]!r}')
    return answer, content


answer, image = call('GET', f'/v2/{repository}/manifests/{tag}', [200])
_, listed = call('GET', f'/v2/{repository}/referrers/{answer.getheader("Docker-Content-Digest")}', [200])
referrers = [(each['digest'], call('GET', f'/v2/{repository}/manifests/{each["digest"]}', [200])[1]) for each in json.loads(listed)['manifests']]
blobs = {}
for content in [image] + [each for _, each in referrers]:
    manifest = json.loads(content)
    for each in [manifest['config']] + manifest['layers']:
        blobs[each['digest']] = call('GET', f'/v2/{repository}/blobs/{each["digest"]}', [200])[1]
for number in range(count):
    target = f'{prefix}/{number}'
    for digest, content in blobs.items():
        started, _ = call('POST', f'/v2/{target}/blobs/uploads/', [202], b'')
        place = urllib.parse.urlsplit(started.getheader('Location'))
        query = (place.query + '&' if place.query else '') + 'digest=' + digest
        call('PUT', f'{place.path}?{query}', [201], content, 'application/octet-stream')
    call('PUT', f'/v2/{target}/manifests/{tag}', [201], image, MANIFEST)
    for digest, content in referrers:
        call('PUT', f'/v2/{target}/manifests/{digest}', [201], content, MANIFEST)
