import { FORMAT_VERSION } from '../../machines/script/format.ts';
import { rewriteHead } from './source/patch.ts';
import { joinSegments, splitSource } from './source/segments.ts';
import { writeData } from './source/style.ts';

/** A short conversation that the checker lets pass: greeting, answer, both farewells. The author goes on from here. */
export const newScript = (scriptId: string, title: string): string =>
  writeData({
    formatVersion: FORMAT_VERSION,
    id: scriptId,
    title,
    languages: ['ru'],
    start: 'greeting',
    on: { clientHungUp: 'hung-up' },
    steps: [
      {
        id: 'greeting',
        kind: 'greeting',
        title: 'Приветствие',
        say: '{greeting}! Меня зовут {operator.name}. Чем могу помочь?',
        choices: [{ id: 'told', label: 'Клиент изложил вопрос', to: 'answer' }],
      },
      {
        id: 'answer',
        kind: 'answer',
        title: 'Ответ',
        say: '[{client.name}, ]отвечаю на ваш вопрос.',
        choices: [
          { id: 'yes', label: 'Вопрос решён', to: 'farewell' },
          { id: 'no', label: 'Вопрос не решён', to: 'farewell-unsolved' },
        ],
      },
      {
        id: 'farewell',
        kind: 'farewell',
        title: 'Прощание: вопрос решён',
        say: '[{client.name}, ]спасибо за звонок. Всего доброго!',
        outcome: 'satisfied',
        next: { what: 'Вопрос решён, от клиента ничего не требуется' },
      },
      {
        id: 'farewell-unsolved',
        kind: 'farewell',
        title: 'Прощание: вопрос не решён',
        say: '[{client.name}, ]на ваш вопрос письменно ответит отдел приёма обращений. Всего доброго!',
        outcome: 'unsatisfied',
        next: {
          what: 'Клиент пишет обращение и получает ответ',
          by: 'в течение 30 дней',
          who: 'Отдел приёма обращений',
        },
      },
      {
        id: 'hung-up',
        kind: 'note',
        title: 'Клиент положил трубку',
        hints: 'Отметьте, на чём прервался разговор.',
        outcome: 'none',
        because: 'Клиент завершил разговор',
      },
    ],
  });

/** The same script under another id and title, comments and all. */
export function copyOf(source: string, scriptId: string, title: string): string {
  const split = splitSource(source);
  if (!split.ok) return source;
  const { steps } = split.segments;
  const named = rewriteHead(rewriteHead(split.segments, 'id', scriptId), 'title', title);
  return joinSegments({ ...named, steps });
}
