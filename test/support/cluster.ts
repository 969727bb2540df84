import mongoose from 'mongoose';
import { dropDatabase, ownDatabase } from './ownDatabase.ts';
import { type PanelClient, ProductProcess } from './productProcess.ts';

/** Several servers on one database of their own. */
export class Cluster {
  readonly instances: readonly ProductProcess[];
  readonly uri: string;

  private constructor(instances: readonly ProductProcess[], uri: string) {
    this.instances = instances;
    this.uri = uri;
  }
  static async create(count: number, mongodb: string, environment: Record<string, string>): Promise<Cluster> {
    const uri = ownDatabase(mongodb, 'cluster');
    const instances: ProductProcess[] = [];
    for (let each = 0; each < count; each += 1)
      instances.push(await ProductProcess.create({ ...environment, MONGODB_URI: uri }));
    return new Cluster(instances, uri);
  }
  get first(): ProductProcess {
    return this.instances[0] as ProductProcess;
  }
  /** All of them; the first one becomes the core. */
  async start(): Promise<void> {
    for (const each of this.instances) await each.start();
  }
  async database<T>(ask: (db: mongoose.mongo.Db) => Promise<T>): Promise<T> {
    const connection = await mongoose.createConnection(this.uri).asPromise();
    try {
      if (!connection.db) throw new Error('no database');
      return await ask(connection.db);
    } finally {
      await connection.close();
    }
  }
  open(at: number, login: string): Promise<PanelClient> {
    return (this.instances[at] as ProductProcess).open(login);
  }
  async remove(): Promise<void> {
    for (const each of this.instances) each.signal('SIGCONT');
    await Promise.all(this.instances.map((each) => each.remove()));
    await dropDatabase(this.uri);
  }
}
