import { isYes } from './values.ts';
import type { Actions } from './action.ts';

export const QUEUE_ACTIONS: Actions = {
  QueueStatus: {
    rights: [],
    run: (request) =>
      request.list(
        'Queue status will follow',
        'QueueStatusComplete',
        request.exchange.queues.status(request.get('Queue')),
        { idLast: true },
      ),
  },
  QueueSummary: {
    rights: [],
    run: (request) =>
      request.list(
        'Queue summary will follow',
        'QueueSummaryComplete',
        request.exchange.queues.summary(request.get('Queue')).map((fields) => ({ event: 'QueueSummary', fields })),
        { idLast: true },
      ),
  },
  QueuePause: {
    rights: ['agent'],
    run: (request) => {
      const device = request.get('Interface');
      const paused = request.get('Paused');
      if (device === '' || paused === '') {
        request.fail("Need 'Interface' and 'Paused' parameters.");
        return;
      }
      const { queues } = request.exchange;
      const queue = request.get('Queue') || undefined;
      if (!queues.has(device, queue)) {
        request.fail('Interface not found');
        return;
      }
      const pausing = isYes(paused);
      request.succeed(`Interface ${pausing ? 'paused' : 'unpaused'} successfully`);
      queues.pause(device, pausing, request.get('Reason'), queue);
    },
  },
  QueueAdd: {
    rights: ['agent'],
    run: (request) => {
      const [queue, device] = [request.get('Queue'), request.get('Interface')];
      if (queue === '' || device === '') {
        request.fail(`'${queue === '' ? 'Queue' : 'Interface'}' not specified.`);
        return;
      }
      const { queues } = request.exchange;
      if (!queues.byName.has(queue)) request.fail('Unable to add interface to queue: No such queue');
      else if (queues.has(device, queue)) request.fail('Unable to add interface: Already there');
      else {
        request.succeed('Added interface to queue');
        queues.add(queue, device, {
          name: request.get('MemberName') || device,
          penalty: Number(request.get('Penalty')) || 0,
          paused: isYes(request.get('Paused')),
        });
      }
    },
  },
  QueueRemove: {
    rights: ['agent'],
    run: (request) => {
      const [queue, device] = [request.get('Queue'), request.get('Interface')];
      if (queue === '' || device === '') {
        request.fail("Need 'Queue' and 'Interface' parameters.");
        return;
      }
      const { queues } = request.exchange;
      if (!queues.byName.has(queue)) request.fail('Unable to remove interface from queue: No such queue');
      else if (!queues.has(device, queue)) request.fail('Unable to remove interface: Not there');
      else if (!queues.isDynamic(device, queue)) request.fail('Unable to remove interface: Member not dynamic');
      else {
        request.succeed('Removed interface from queue');
        queues.remove(queue, device);
      }
    },
  },
  QueueReset: {
    rights: [],
    run: (request) => {
      request.succeed('Queue stats reset successfully');
      request.exchange.queues.resetFigures(request.get('Queue'));
    },
  },
};
