import { connect, createServer } from 'node:net';

/** A TCP relay in front of the server, and so a network that can go silent. */
export class Relay {
  #target;
  #server;
  #links = new Set();
  #held = new Set();
  #silent = false;

  /** @param {string} url of the server */
  static async start(url) {
    const relay = new Relay(new URL(url));
    await new Promise((resolve) => relay.#server.listen(0, '127.0.0.1', resolve));
    return relay;
  }

  constructor(target) {
    this.#target = target;
    this.#server = createServer((client) => {
      client.on('error', () => {});
      if (this.#silent) {
        this.#held.add(client);
        client.on('close', () => this.#held.delete(client));
      } else {
        this.#link(client);
      }
    });
  }

  /** The server's address by this way. */
  get url() {
    const url = new URL(this.#target);
    url.port = this.#server.address().port;
    return url.href;
  }

  #link(client) {
    const server = connect(this.#target.port, this.#target.hostname);
    const link = [client, server];
    this.#links.add(link);
    const end = () => {
      if (this.#links.has(link) && !this.#silent) {
        this.#links.delete(link);
        client.destroy();
        server.destroy();
      }
    };
    server.on('error', () => {});
    client.on('close', end);
    server.on('close', end);
    client.pipe(server);
    server.pipe(client);
  }

  /** From now on nothing gets through, and nobody is told. */
  silence() {
    this.#silent = true;
    for (const [client, server] of this.#links) {
      client.unpipe().pause();
      server.unpipe().pause();
    }
  }

  /** What was held back gets through, as after a short disturbance. */
  speak() {
    this.#silent = false;
    for (const [client, server] of this.#links) {
      client.pipe(server);
      server.pipe(client);
    }
  }

  /** The network is back, but knows nothing of the connections of before. */
  restore() {
    this.#silent = false;
    this.reset();
    this.#held.forEach((client) => this.#link(client));
    this.#held.clear();
  }

  /** Ends all connections. */
  reset() {
    const links = [...this.#links];
    this.#links.clear();
    links.flat().forEach((socket) => socket.resetAndDestroy());
  }

  async close() {
    this.#silent = false;
    this.reset();
    this.#held.forEach((client) => client.destroy());
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
