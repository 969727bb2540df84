import { createSocket } from 'node:dgram';
import { createServer, type AddressInfo } from 'node:net';

/** A port that nobody has at this moment, for a process that cannot be told to take 0. */
export const freeTcpPort = async (): Promise<number> => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise<void>((resolve) => server.close(() => resolve()));
  return port;
};

export const freeUdpPort = async (ip = '127.0.0.1'): Promise<number> => {
  const socket = createSocket('udp4');
  await new Promise<void>((resolve) => socket.bind(0, ip, resolve));
  const { port } = socket.address();
  await new Promise<void>((resolve) => socket.close(() => resolve()));
  return port;
};
