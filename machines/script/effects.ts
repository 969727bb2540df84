import { durationMs } from './duration.ts';
import { textIn } from './localText.ts';
import type { CompiledChoice, CompiledStep, Move, ScriptEffect, ScriptEvent } from './model.ts';
import { callbackDueAt, callbackRule, filled, questionOf } from './read.ts';
import type { Reading } from './read.ts';
import { sayValue, speak } from './speak.ts';
import { nameOf } from './text/names.ts';
import { checkAnswer } from './fields.ts';

/** What entering a step asks of the product, by the step's kind and blocks. */
export function arrivalEffects(reading: Reading, via: string): readonly ScriptEffect[] {
  const { step } = reading;
  if (!step) return [];
  const { hold, callback, contactPoints, outcome, kind, tags = [] } = step.step;
  const effects: ScriptEffect[] = [{ type: 'step.entered', step: step.key, via, tags }];
  if (hold) effects.push({ type: 'hold.ask', offerMs: hold.offer.map(durationMs) });
  if (callback) effects.push({ type: 'callback.ask', rule: callback.rule });
  if (kind === 'transfer') effects.push(transferAsk(reading));
  if (contactPoints) effects.push({ type: 'contactPoints.show', ids: contactPoints });
  if (outcome !== undefined) effects.push(endedEffect(reading, step));
  return effects;
}

function endedEffect(reading: Reading, { step }: CompiledStep): ScriptEffect {
  return {
    type: 'ended',
    satisfied: step.outcome === 'none' ? null : step.outcome === 'satisfied',
    ...(step.because === undefined ? {} : { because: speak(reading, step.because) }),
    ...(step.disposition === undefined ? {} : { disposition: step.disposition }),
  };
}

function transferAsk(reading: Reading): ScriptEffect {
  const read = (name: string): string | undefined => {
    const value = reading.facts.known(name);
    return typeof value === 'string' ? value : undefined;
  };
  const [topic, situation, profile] = [read('inquiry.topic'), read('inquiry.situation'), read('inquiry.profile')];
  return {
    type: 'transfer.ask',
    ...(topic === undefined ? {} : { topic }),
    ...(situation === undefined ? {} : { situation }),
    ...(profile === undefined ? {} : { profile }),
  };
}

/**
 * What a choice or a reaction asks, as the author listed it. A callback that is already promised is not promised twice.
 */
export function askEffects(
  reading: Reading,
  { move, choice }: { readonly move: Move; readonly choice?: CompiledChoice },
): readonly ScriptEffect[] {
  const step = reading.step?.key ?? '';
  const asked = move.effects.flatMap((effect): ScriptEffect[] => {
    switch (effect) {
      case 'transfer.ask':
        return [transferAsk(reading)];
      case 'callback.promise':
        return reading.known.callback?.promised === true ? [] : [callbackPromise(reading)];
      case 'help.ask':
        return [{ type: 'help.ask', step }];
      case 'hold.start':
        // The client is held when a person has named the term. Versions that older checkers let pass ask for it otherwise.
        return choice ? [{ type: effect }] : [];
      case 'hold.resume':
      case 'survey.invite':
        return [{ type: effect }];
    }
  });
  if (!choice) return asked;
  const { id, tags = [] } = choice.choice;
  return [{ type: 'chosen', step, choiceId: id, tags }, ...asked];
}

function callbackPromise(reading: Reading): ScriptEffect {
  const named = filled(reading, 'callback.dueAt');
  const dueAt = named === undefined ? callbackDueAt(reading) : undefined;
  const text = (name: string): string => {
    const value = reading.facts.known(name);
    return value === undefined ? '' : String(value);
  };
  return {
    type: 'callback.promise',
    rule: callbackRule(reading),
    number: text('callback.number'),
    ...(dueAt === undefined ? {} : { dueAt }),
    ...(typeof named === 'string' ? { dueDate: named } : {}),
    question: text('inquiry.question'),
    clientName: nameOf(text('client.name')),
  };
}

/** What the product learns from an answer; nothing from one that is refused. */
export function learnedEffects(
  reading: Reading,
  { fieldId, value: raw }: Extract<ScriptEvent, { type: 'answer' }>,
): readonly ScriptEffect[] {
  const question = questionOf(reading, fieldId);
  if (question?.fills === undefined) return [];
  if (raw === null) return [{ type: 'learned', what: question.fills, value: null, text: '' }];
  const checked = checkAnswer(question, raw, { date: reading.local.date });
  if (!('value' in checked)) return [];
  const text = String(sayValue(reading, question, checked.value) ?? '');
  return [{ type: 'learned', what: question.fills, value: checked.value, text }];
}

/** The reminder of a time limit that has passed, as text of the step's script. */
export const reminderOf = (reading: Reading): string | undefined => {
  const remind = reading.step?.step.limit?.remind;
  return remind === undefined || textIn(remind, reading.language) === '' ? undefined : speak(reading, remind);
};
