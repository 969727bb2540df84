import { describe, expect, it } from 'vitest';
import { Conversation } from './support.ts';
import { main, sub, talkMain } from '../support/nestedScript.ts';

describe('sub-scripts, reactions and limits', () => {
  it('[SCRIPT-16] a sub-script is entered, left aside and returned from to where its caller said', () => {
    const talk = talkMain().choose('calm');
    expect(talk.state).toMatchObject({ step: 'calm/hear', stack: ['b'] });
    talk.choose('aside');
    expect(talk.state).toMatchObject({ step: 'calm/side', stack: ['b', 'calm/hear'] });
    expect(talk.choose('back').state).toMatchObject({ step: 'calm/hear', stack: ['b'] });
    expect(talk.choose('back').state).toMatchObject({ step: 'b', stack: [] });
  });

  it('[SCRIPT-17] leaving a side path by its own way forgets where it came from, not who called the script', () => {
    const talk = talkMain().choose('calm').choose('aside').choose('away');
    expect(talk.state).toMatchObject({ step: 'calm/last', stack: ['b'] });
    expect(talk.choose('back').state).toMatchObject({ step: 'b', stack: [] });
  });

  it('[SCRIPT-18] a special situation is offered on every step, inside itself no more, and comes back', () => {
    const talk = talkMain().choose('next');
    expect(talk.view.side?.map(({ id, key }) => [id, key])).toEqual([['upset', '']]);
    talk.choose('upset');
    expect(talk.state).toMatchObject({ step: 'calm/hear', stack: ['b'] });
    expect(talk.view.side).toBeUndefined();
    expect(talk.choose('back').state.step).toBe('b');
    expect(talk.fact('clientHungUp').view.side).toBeUndefined();
  });

  it('[SCRIPT-19] inside a sub-script the main script still hears the line', () => {
    const talk = talkMain().choose('calm').fact('held');
    expect(talk.state).toMatchObject({ step: 'wait', stack: ['b', 'calm/hear'] });
    expect(talk.fact('resumed').state).toMatchObject({ step: 'calm/hear', stack: ['b'] });
    expect(talk.fact('clientHungUp').state).toMatchObject({ step: 'end', stack: [] });
  });

  it('[SCRIPT-20] of several reactions the first that holds is taken; a step can hold its place', () => {
    expect(talkMain().fact('operatorChanged').state.path.at(-1)).toMatchObject({
      step: 'a',
      via: 'fact:operatorChanged',
    });
    const talk = talkMain();
    talk.known = { ...talk.known, client: { ...talk.known.client, kind: 'internal' } };
    expect(talk.fact('operatorChanged').state.step).toBe('b');
    const transferring = talkMain().choose('transfer').fact('operatorChanged');
    expect(transferring.state.step).toBe('transfer');
    expect(transferring.fact('transferred').state.step).toBe('end');
    expect(talkMain().fact('answered').last).toMatchObject({ effects: [], state: { step: 'a' } });
  });

  it('[3.5.1] [SCRIPT-21] at the limit of transfers the branch for it is taken, or the button says why it is off', () => {
    const talk = talkMain();
    expect(talk.choose('transfer').last.effects.at(-1)).toEqual({ type: 'transfer.ask' });
    talk.choose('no');
    talk.known = { ...talk.known, transfers: { count: 2, limit: 2, extra: 0 } };
    expect(talk.view.choices.find(({ id }) => id === 'kept')).toMatchObject({
      enabled: false,
      whyNot: 'Осталось 0 переводов',
    });
    expect(talk.choose('transfer').state.step).toBe('b');
    talk.known = { ...talk.known, transfers: { count: 2, limit: 2, extra: 1 } };
    expect(talk.choose('back').choose('kept').state.step).toBe('transfer');
  });

  it('[SCRIPT-22] a time limit reminds or moves on, once, and not before its time', () => {
    const talk = talkMain();
    const dueAt = talk.state.dueAt ?? 0;
    expect(dueAt - talk.now).toBe(30_000);
    expect(talk.view.dueAt).toBe(dueAt);
    talk.do({ type: 'timeUp' });
    expect(talk.state.reminded).toBeUndefined();
    talk.now = dueAt;
    talk.do({ type: 'timeUp' });
    expect(talk.state).toMatchObject({ step: 'a', reminded: true });
    expect(talk.state.dueAt).toBeUndefined();
    expect(talk.view.hints).toEqual(['Пора']);
    talk.choose('next');
    expect(talk.state.reminded).toBeUndefined();
    talk.now = talk.state.dueAt ?? 0;
    expect(talk.do({ type: 'timeUp' }).state).toMatchObject({
      step: 'a',
      path: [{ via: 'start' }, { via: 'next' }, { via: 'fact:timeUp' }],
    });
  });

  it('[SCRIPT-23] choices can be hidden, set fields, ask for things and carry tags', () => {
    const talk = talkMain();
    expect(talk.view.choices.map(({ id }) => id)).not.toContain('secret');
    talk.choose('next');
    expect(talk.state.fields).toEqual({ mood: 'good' });
    expect(talk.last.effects.at(-1)).toEqual({ type: 'step.entered', step: 'b', via: 'next', tags: ['b-tag'] });
    expect(
      talk
        .choose('back')
        .view.choices.map(({ id, key }) => [id, key])
        .at(-1),
    ).toEqual(['secret', '5']);
    expect(talk.last.effects[0]).toEqual({ type: 'chosen', step: 'b', choiceId: 'back', tags: ['t'] });
    expect(talk.choose('next').choose('end').effects).toEqual([
      'chosen',
      'survey.invite',
      'help.ask',
      'step.entered',
      'ended',
    ]);
  });

  it('[SCRIPT-24] wordings follow the hour, the client and the language; the last resort only when none fits', () => {
    const talk = talkMain();
    const lines = (): readonly string[] => talk.view.lines;
    expect(lines()).toEqual(['Утро.']);
    talk.known = { ...talk.known, now: talk.known.now + 4 * 3_600_000 };
    expect(lines()).toEqual(['Иначе.']);
    talk.known = { ...talk.known, client: { ...talk.known.client, kind: 'internal' } };
    expect(lines()).toEqual(['Коллега.']);
    talk.known = { ...talk.known, now: talk.now, client: { ...talk.known.client, kind: 'external' } };
    talk.do({ type: 'language', language: 'en' });
    talk.known = { ...talk.known, now: talk.now + 4 * 3_600_000 };
    expect(lines()).toEqual(['English.']);
  });

  it('[SCRIPT-25] a sub-script that is not there, or a return with nothing to return to, is a choice that says so', () => {
    const alone = new Conversation(main);
    alone.do({ type: 'choose', choiceId: 'calm' });
    expect(alone.state.step).toBe('a');
    const opened = new Conversation(sub);
    expect(opened.do({ type: 'choose', choiceId: 'back' }).last.refused?.message).toBe(
      'Возвращаться некуда: выберите другой ответ',
    );
  });
});
