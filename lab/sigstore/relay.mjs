// Hands connections to a loopback port on to a Unix socket, which can be reached from another network namespace. No dependencies.
//   node relay.mjs PORT SOCKET
import net from 'node:net';

const [port, socket] = process.argv.slice(2);
net
  .createServer((from) => {
    const to = net.connect(socket);
    for (const [one, other] of [[from, to], [to, from]]) {
      one.on('error', () => other.destroy());
      one.pipe(other);
    }
  })
  .listen(Number(port), '127.0.0.1');
