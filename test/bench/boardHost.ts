import { loadedProduct } from '../support/loadedProduct.ts';

/** The product with so many operators and supervisors in a process of its own; answers its processor time when asked. */
const [amiPort = '0', operators = '500', supervisors = '20'] = process.argv.slice(2);
const product = await loadedProduct(
  {
    AMI_HOST: '127.0.0.1',
    AMI_PORT: amiPort,
    AMI_USERNAME: 'telephone-regulation',
    AMI_SECRET: 'demo',
  },
  { operators: Number(operators), supervisors: Number(supervisors) },
);
process.stdout.write(`${JSON.stringify({ port: product.port, tokens: product.supervisors })}\n`);
process.stdin.on('data', () => {
  const { user, system } = process.cpuUsage();
  process.stdout.write(`${JSON.stringify({ cpuMs: (user + system) / 1000 })}\n`);
});
