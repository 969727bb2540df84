import { describe, expect, it } from 'vitest';
import { Conversation, compiledScript, understood } from './conversation.ts';

describe('complaint', () => {
  const complaint = (): Conversation =>
    new Conversation('inbound')
      .choose('stated')
      .answer('clientName', 'Пётр Сергеевич')
      .choose('named')
      .answer('topic', 'complaint')
      .choose('complaint');

  it('[3.5.7] sympathy comes before any question', () => {
    const talk = complaint();
    expect(talk.line).toBe(
      'Пётр Сергеевич, мне жаль, что так случилось. Спасибо, что сказали об этом. Слушаю вас внимательно.',
    );
    expect(talk.view.fields).toEqual([]);
    expect(talk.choose('told').lines).toContain('где и когда это произошло?');
  });

  it('[3.4.4] a written complaint is answered within thirty days, with the date', () => {
    const talk = complaint().choose('told', 'clear', 'right');
    expect(talk.lines).toContain('за тридцать дней');
    expect(talk.lines).toContain('25 декабря');
    expect(talk.choose('understood').view).toMatchObject({
      ended: { satisfied: false },
      next: { by: expect.stringContaining('25 декабря') },
    });
    expect(talk.effectsOf('ended')).toMatchObject([{ disposition: 'complaintTaken' }]);
  });

  it('[3.5.5] the complaint is said back before its order is told', () => {
    const talk = complaint()
      .choose('told')
      .answer('complaintFacts', 'в классе собирают деньги на шторы')
      .choose('clear');
    expect(talk.view.kind).toBe('rephrase');
    expect(talk.line).toContain('в классе собирают деньги на шторы. Верно?');
    expect(talk.choose('wrong').step).toMatch(/facts$/);
  });
});

describe('another body decides', () => {
  const other = (): Conversation => understood().choose('otherBody').answer('otherReason', 'municipal');

  it('[3.4.5] names the body, and the appeal is forwarded within seven days with a notice', () => {
    const talk = other();
    expect(talk.refusalOf('write')).toContain('Какое ведомство решает');
    talk.answer('otherBody', 'управление образования города Курска');
    expect(talk.line).toContain('этот вопрос решает управление образования города Курска');
    expect(talk.view.next?.by).toContain('3 декабря');
    talk.choose('write');
    expect(talk.line).toContain('за семь дней после регистрации и сообщим вам');
    expect(talk.choose('agreed').view).toMatchObject({
      ended: { satisfied: false },
      next: { by: expect.stringContaining('3 декабря') },
    });
  });

  it('[3.4.6] when several bodies decide each receives a copy', () => {
    expect(other().view.hints.join(' ')).toContain('копии направят в каждое');
    const several = other().answer('otherReason', 'several').answer('otherBody', 'управление образования');
    expect(several.line).toContain('решают сразу несколько ведомств, главное из них — управление образования');
    expect(
      other()
        .view.fields.find(({ id }) => id === 'otherReason')
        ?.options?.map(({ value }) => value),
    ).toContain('several');
  });
});

describe('survey', () => {
  it('[5.4] is offered once, as anonymous, and a refusal costs nothing', () => {
    const talk = understood().choose('answer', 'survey');
    expect(talk.lines).toContain('ответы хранятся без вашего имени и номера');
    expect(talk.choose('declined').step).toBe('farewellSatisfied');
    expect(talk.effectsOf('survey.invite')).toEqual([]);
    expect(understood().choose('answer', 'survey', 'agreed').effectsOf('survey.invite')).toHaveLength(1);
  });
});

describe('hard callers', () => {
  const special = ['silent', 'upset', 'abusive', 'child', 'hearing', 'foreign'];
  const NEVER_A_COLLEAGUE = new Set(['child', 'foreign']);

  it.each(special)('[3.5.7] «%s» is one key away on every step and comes back to it', (id) => {
    for (const name of ['inbound', 'information', 'internal', 'outbound', 'callback-return', 'outside-hours'])
      for (const { key, step, side } of compiledScript(name).steps.values())
        if (step.outcome === undefined && !key.includes('/') && !(name === 'internal' && NEVER_A_COLLEAGUE.has(id)))
          expect(
            side.map(({ choice }) => choice.id),
            `${name} ${key}`,
          ).toContain(id);
    const talk = understood();
    const before = talk.step;
    talk.choose(id);
    expect(talk.step).not.toBe(before);
    expect(talk.view.choices.length).toBeGreaterThan(1);
  });

  it.each([
    ['silent', 'heard'],
    ['upset', 'calmer'],
    ['abusive', 'calm'],
    ['child', 'adult'],
    ['hearing', 'good'],
    ['foreign', 'simple'],
  ])('[3.5.2] after «%s» the conversation goes on where it was', (id, way) => {
    expect(understood().choose('answer', id, way).step).toBe('answer');
  });

  it.each([
    ['upset', ['crying', 'danger']],
    ['child', ['danger']],
  ])('[3.5.7] «%s» in danger: help is called and the operator stays on the line', (id, way) => {
    const talk = understood().choose(id, ...way);
    expect(talk.lines.toLowerCase()).toMatch(/зову помощь/);
    const there = talk.step;
    expect(talk.choose('help').step).toBe(there);
    expect(talk.effectsOf('help.ask')).toHaveLength(1);
  });

  it('[3.5.7] an abusive caller is warned twice before the call ends', () => {
    const talk = understood().choose('abusive');
    expect(talk.line).toContain('хочу вам помочь');
    expect(talk.choose('goesOn').line).toContain('мне придётся завершить звонок');
    expect(talk.choose('end').view.ended?.because).toContain('после двух предупреждений');
    expect(talk.effectsOf('help.ask')).toHaveLength(1);
  });
});
