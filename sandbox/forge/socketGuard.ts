import dgram from 'node:dgram';
import net from 'node:net';

/**
 * Lets no connection leave this process but those to the platform: Forge's functions have no way out
 * beside its proxy, so that http, https and any package over them must fail here too.
 */
export function guardSockets(platformPort: number): void {
  const connect: unknown = Reflect.get(net.Socket.prototype, 'connect');
  if (typeof connect !== 'function') throw new Error('This Node has no net.Socket.connect to guard');
  const guarded = function (this: net.Socket, ...args: unknown[]): unknown {
    const target = targetOf(args);
    if (target.host !== '127.0.0.1' || target.port !== platformPort) {
      throw new Error(
        `A direct connection to ${target.host}:${String(target.port)} was refused: functions reach the ` +
          'network by fetch alone',
      );
    }
    return Reflect.apply(connect, this, args);
  };
  Object.defineProperty(net.Socket.prototype, 'connect', { value: guarded });
  Object.defineProperty(dgram.Socket.prototype, 'send', {
    value: () => {
      throw new Error('A datagram was refused: functions reach the network by fetch alone');
    },
  });
}

type Target = { readonly host: string; readonly port: number | null };

/** Reads the forms of connect's arguments: (options), (port, host), (path), or node's own list of them. */
function targetOf(args: readonly unknown[]): Target {
  const [first, second] = args;
  if (Array.isArray(first)) return targetOf(first);
  if (typeof first === 'number' || (typeof first === 'string' && /^\d+$/.test(first))) {
    return { host: typeof second === 'string' ? second : 'localhost', port: Number(first) };
  }
  if (typeof first !== 'object' || first === null) return { host: `path ${String(first)}`, port: null };
  const options: { path?: unknown; host?: unknown; port?: unknown } = first;
  // A path names a pipe and wins over any host; http and https leave it null.
  if (typeof options.path === 'string' && options.path !== '') return { host: `path ${options.path}`, port: null };
  return { host: typeof options.host === 'string' ? options.host : 'localhost', port: Number(options.port) };
}
