import type { TransportHandlers } from './transport.ts';
import { PacketDecoder } from './wire.ts';

/**
 * Hands on what came over one connection, packet by packet. A packet that cannot be handled is told and the next ones
 * come all the same; after bytes that are no AMI nothing can be read any more: `give` is called with the reason.
 */
export function readInto(
  handlers: TransportHandlers,
  give: (reason: string) => void,
): { readonly greeting: string; read(chunk: Buffer): void } {
  const decoder = new PacketDecoder();
  const packets = (chunk: Buffer): ReturnType<PacketDecoder['push']> => {
    try {
      return decoder.push(chunk);
    } catch (error) {
      handlers.onFault(error);
      give(error instanceof Error ? error.message : 'the peer does not speak AMI');
      return [];
    }
  };
  return {
    get greeting() {
      return decoder.greeting;
    },
    read(chunk) {
      for (const packet of packets(chunk)) {
        try {
          handlers.onPacket(packet);
        } catch (error) {
          handlers.onFault(error);
        }
      }
    },
  };
}
