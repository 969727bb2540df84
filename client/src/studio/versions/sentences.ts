import type { LooseStep } from '../../../../server/contract/studio.ts';
import { audienceWords } from '../editor/audience.ts';
import { limitWords } from '../editor/questionLimits.ts';
import { rulesOf } from '../editor/reactions.ts';
import type { SiteList } from '../siteLists.ts';
import { anyText, isPlain, plainList, str, strings, wordedOf, type Plain } from '../texts.ts';

/** One thing that a step says or does, as a sentence. The key names the thing: the same one in another version has it too. */
export interface Sentence {
  readonly key: string;
  readonly text: string;
}
/** Words of the screen's language, and names of one version of the script. */
export interface Teller {
  say(key: string, values?: Readonly<Record<string, string | number>>): string;
  condition(condition: unknown): string;
  /** «Прощание», of a step's id. */
  step(stepId: string): string;
  script(scriptId: string): string;
  /** Title of what a list of the organisation calls so. */
  listed(list: SiteList, code: string): string;
  /** What a button or a rule writes, with the names of the answers. */
  writes(set: unknown): string;
  /** What a call fills into a text, by what it means: `{client.name}` → ‹Имя и отчество клиента›. */
  filling(name: string): string;
}

/** A step, or the script as a whole, from top to bottom. */
export function sentencesOf(step: LooseStep, tell: Teller): readonly Sentence[] {
  return [
    ...plain(step, tell),
    ...worded('say', step['say'], tell),
    ...worded('trial', step['trial'], tell),
    ...worded('hints', step['hints'], tell),
    ...plainList(step['questions']).map((question) => asked(question, tell)),
    ...(['choices', 'everywhere'] as const).flatMap((list) =>
      plainList(step[list]).map((choice, index) => ({
        key: `${list}/${str(choice['id']) || String(index)}`,
        text: `${tell.say(`sentence.${list}`, { label: texts(choice['label'], tell) })} ${doing(choice, tell)}`,
      })),
    ),
    ...reactions(step, tell),
    ...ending(step, tell),
  ];
}

const joined = (parts: readonly (string | false | undefined)[]): string => parts.filter(Boolean).join('; ');
/** `sentence.<key>` with the value, when there is one. */
const told = (tell: Teller, key: string, value: string): string | undefined =>
  value === '' ? undefined : tell.say(`sentence.${key}`, { value });

/** Parts that are one value. */
function plain(step: LooseStep, tell: Teller): readonly Sentence[] {
  const { kind, start, mainPath } = step;
  const values: readonly (readonly [string, string])[] = [
    ['title', anyText(step['title'])],
    ['description', anyText(step['description'])],
    ['kind', typeof kind === 'string' ? tell.say(`kind.${kind}`) : ''],
    ['start', typeof start === 'string' ? tell.step(start) : ''],
    [
      'mainPath',
      Array.isArray(mainPath)
        ? mainPath
            .flat()
            .map((id) => tell.step(str(id)))
            .join(', ')
        : '',
    ],
    [
      'languages',
      strings(step['languages'])
        .map((each) => tell.say(`language.${each}`))
        .join(', '),
    ],
    ['clauses', strings(step['clauses']).join(', ')],
    ['appliesTo', isPlain(step['appliesTo']) ? claimed(step['appliesTo'], tell) : ''],
    ['topic', step['topic'] === undefined ? '' : tell.listed('topics', str(step['topic']))],
    [
      'contactPoints',
      strings(step['contactPoints'])
        .map((id) => tell.listed('contactPoints', id))
        .join(', '),
    ],
    ['tags', strings(step['tags']).join(', ')],
  ];
  return values.flatMap(([key, value]) => {
    const text = told(tell, key, value);
    return text === undefined ? [] : [{ key, text }];
  });
}
function claimed(claim: Plain, tell: Teller): string {
  const hours = claim['workingHours'];
  return joined([
    ...(['directions', 'clientKinds'] as const).map((key) =>
      strings(claim[key])
        .map((each) => tell.say(`applies.of.${key}.${each}`))
        .join(', '),
    ),
    strings(claim['queues']).join(', '),
    typeof hours === 'boolean' && tell.say(hours ? 'applies.inHours' : 'applies.outsideHours'),
    told(tell, 'when', tell.condition(claim['when'])),
    typeof claim['priority'] === 'number' && tell.say('sentence.priority', { value: claim['priority'] }),
  ]);
}

/** Each language is a sentence of its own: they are compared each with itself. */
const worded = (name: 'say' | 'trial' | 'hints', value: unknown, tell: Teller): readonly Sentence[] =>
  wordedOf(value).flatMap(({ text, rest }, index) => {
    const limits = limitsOf(rest, tell);
    const spoken = isPlain(text) ? Object.entries(text) : [['', text] as const];
    return spoken.map(([language, words]) => ({
      key: `${name}/${index}/${language}`,
      text: `${tell.say(`sentence.${name}`, { text: texts(words, tell) })}${limits && ` (${limits})`}`,
    }));
  });
const limitsOf = (rest: Plain, tell: Teller): string =>
  joined([
    told(tell, 'when', tell.condition(rest['when'])),
    audienceWords(rest, (key) => tell.say(key)),
    rest['otherwise'] === true && tell.say('step.otherwise'),
  ]);
/** In all its languages, with what a call fills in by its name. */
function texts(text: unknown, tell: Teller): string {
  const written = isPlain(text) ? [str(text['ru']), str(text['en'])].filter(Boolean).join(' / ') : str(text);
  return written.replace(/\{([^{}|]*)(\|[^{}]*)?\}/g, (_, name: string) => `‹${tell.filling(name.trim())}›`);
}

function asked(question: Plain, tell: Teller): Sentence {
  const type = str(question['type']);
  const fills = str(question['fills']).replace('.', '-');
  const text = joined([
    tell.say('sentence.question', { label: texts(question['label'], tell), type: tell.say(`question.types.${type}`) }),
    question['required'] === true && tell.say('question.required'),
    limitWords(question, (key) => tell.say(key)),
    told(
      tell,
      'options',
      plainList(question['options'])
        .map(({ label }) => texts(label, tell))
        .join(', '),
    ),
    fills !== '' && tell.say(`fills.${fills}`),
    told(tell, 'when', tell.condition(question['when'])),
  ]);
  return { key: `question/${str(question['field'])}`, text };
}

/** Where a button or a rule leads, on which conditions, what it does besides. */
function doing(item: Plain, tell: Teller): string {
  return joined([
    `→ ${target(item, tell)}`,
    told(tell, 'when', tell.condition(item['when'])),
    told(tell, 'whyNot', texts(item['whyNot'], tell)),
    told(tell, 'shown', tell.condition(item['shown'])),
    ...strings(item['effects']).map((effect) => tell.say(`effect.${effect.replace('.', '-')}`)),
    item['declined'] === true && tell.say('choice.declined'),
    told(tell, 'set', tell.writes(item['set'])),
    told(tell, 'tags', strings(item['tags']).join(', ')),
  ]);
}
function target({ to, call }: Plain, tell: Teller): string {
  if (isPlain(call)) {
    const title = call['step'] === undefined ? tell.script(str(call['script'])) : tell.step(str(call['step']));
    const back = typeof call['returnTo'] === 'string' ? ` → ${tell.step(call['returnTo'])}` : '';
    return `${tell.say('target.andBack', { title })}${back}`;
  }
  if (to === undefined || to === 'stay') return tell.say('target.stay');
  return to === 'return' ? tell.say('target.return') : tell.step(str(to));
}

function reactions(step: LooseStep, tell: Teller): readonly Sentence[] {
  const on = isPlain(step['on']) ? step['on'] : {};
  return Object.entries(on).flatMap(([fact, value]) =>
    rulesOf(value).map((rule, index) => ({
      key: `on/${fact}/${index}`,
      text: `${tell.say(index === 0 ? 'sentence.on' : 'reaction.next', { fact: tell.say(`fact.${fact}`) })}: ${doing(rule, tell)}`,
    })),
  );
}

function ending(step: LooseStep, tell: Teller): readonly Sentence[] {
  const part = (name: string): Plain => (isPlain(step[name]) ? step[name] : {});
  const [limit, next] = [part('limit'), part('next')];
  const rule = str(part('callback')['rule']);
  const outcome = str(step['outcome']);
  const values: readonly (readonly [string, string])[] = [
    [
      'limit',
      joined([
        str(limit['after']),
        texts(limit['remind'], tell),
        typeof limit['to'] === 'string' && `→ ${tell.step(limit['to'])}`,
      ]),
    ],
    ['hold', strings(part('hold')['offer']).join(', ')],
    ['callback', rule && tell.say(`callback.rules.${rule}`)],
    ['outcome', outcome && tell.say(`end.${outcome}`)],
    ['because', texts(step['because'], tell)],
    ['next', joined(['what', 'by', 'who'].map((each) => texts(next[each], tell)))],
    ['disposition', step['disposition'] === undefined ? '' : tell.listed('dispositions', str(step['disposition']))],
  ];
  return values.flatMap(([key, value]) => {
    const text = told(tell, key, value);
    return text === undefined ? [] : [{ key, text }];
  });
}

export interface SentencePair {
  readonly key: string;
  readonly left: string | undefined;
  readonly right: string | undefined;
}
/** Sentences of both by key, in the order of the right side; what is gone stands where it was. */
export function paired(left: readonly Sentence[], right: readonly Sentence[]): readonly SentencePair[] {
  const before = new Map(left.map(({ key, text }) => [key, text]));
  const stays = new Set(right.map(({ key }) => key));
  const pairs: SentencePair[] = right.map(({ key, text }) => ({ key, left: before.get(key), right: text }));
  for (const [index, { key, text }] of left.entries()) {
    if (stays.has(key)) continue;
    const after = pairs.findIndex((pair) => pair.key === left[index - 1]?.key);
    pairs.splice(after + 1, 0, { key, left: text, right: undefined });
  }
  return pairs;
}
