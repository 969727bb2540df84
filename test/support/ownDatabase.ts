import { randomUUID } from 'node:crypto';
import mongoose from 'mongoose';

/** A database of MongoDB that nobody else has: the address of that server, leading to one of this name and a random end. */
export function ownDatabase(mongodb: string, name: string): string {
  const url = new URL(mongodb);
  url.pathname = `/${name}-${randomUUID().slice(0, 8)}`;
  return url.href;
}

/** Takes away the database that the address leads to, or the one that is named, with what was restored beside it. */
export async function dropDatabase(uri: string, database?: string): Promise<void> {
  const connection = await mongoose
    .createConnection(uri, database === undefined ? {} : { dbName: database })
    .asPromise();
  const { databases } = await connection.listDatabases();
  await connection.dropDatabase();
  for (const { name } of databases)
    if (name.startsWith(`${connection.name}-restored-`)) await connection.useDb(name).dropDatabase();
  await connection.close();
}
