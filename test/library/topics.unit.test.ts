import { describe, expect, it } from 'vitest';
import { createKnowledgeIndex } from '../../server/knowledge/search.ts';
import { Conversation, compiledScript, library, scripts } from './conversation.ts';

const answers = createKnowledgeIndex(library.articles);
const withScript = library.topics.topics.filter(({ script }) => script !== undefined);
const names = (items: readonly { readonly id: string }[]): Set<string> => new Set(items.map(({ id }) => id));

describe('topics', () => {
  it('[3.5.4] what people ask most has its own leading questions', () => {
    const asked = ['kindergarten', 'school', 'exams', 'certification', 'allowances', 'camps', 'licensing'];
    for (const id of asked) expect(withScript.map((topic) => topic.id)).toContain(id);
  });

  it.each(withScript.map((topic) => [topic.id, topic.script ?? '']))(
    '[3.5.4] %s: leading questions for every need, marked by the operator, and back to the call',
    (id, script) => {
      const need = compiledScript(script).questions.get(`${id}Need`);
      const needs = need && 'options' in need ? need.options.map(({ value }) => value) : [];
      expect(needs.length).toBeGreaterThanOrEqual(4);
      for (const value of needs) {
        const call = new Conversation('inbound').choose('stated', 'anonymous').answer('topic', id).choose(id);
        expect(call.view.asks?.topic).toBe(id);
        call.answer(`${id}Need`, value).choose('details');
        const asked = call.view.fields.find((field) => field.id === `${id}Asked`);
        expect(asked?.options?.length, value).toBeGreaterThanOrEqual(1);
        expect(call.view.lines.length, value).toBeGreaterThanOrEqual(1);
        call.answer(`${id}Asked`, [asked?.options?.[0]?.value ?? '']).choose('clear');
        expect(call.step).toBe('rephrase');
      }
    },
  );

  it.each(withScript.map((topic) => topic.script ?? ''))(
    '[3.5.4] %s: no question is asked twice, and each is a whole one, said to the client',
    (script) => {
      const asked = ['need', 'details'].flatMap((step) =>
        (compiledScript(script).steps.get(step)?.wordings ?? []).map(({ text }) =>
          typeof text === 'string' ? text : (text.ru ?? ''),
        ),
      );
      expect(new Set(asked).size).toBe(asked.length);
      for (const text of asked) expect(text, text).toMatch(/[?.]$/);
    },
  );

  it.each(withScript.map((topic) => [topic.id, topic.script ?? '']))(
    '[3.5.1] %s: life situation and client profile are asked in words that the staff directory knows',
    (id, script) => {
      const options = (field: string): string[] => {
        const question = compiledScript(script).questions.get(field);
        return question && 'options' in question ? question.options.map(({ value }) => value) : [];
      };
      const situations = options(`${id}Situation`);
      const profiles = options(`${id}Profile`);
      expect(situations.length).toBeGreaterThan(1);
      expect(profiles.length).toBeGreaterThan(1);
      for (const value of situations) expect(names(library.topics.situations)).toContain(value);
      for (const value of profiles) expect(names(library.topics.profiles)).toContain(value);
    },
  );

  it.each([
    ['kindergarten', 'position', 'kindergarten-position'],
    ['kindergarten', 'fee', 'kindergarten-payment'],
    ['school', 'firstGrade', 'school-first-grade'],
    ['schoolLife', 'uniform', 'school-uniform'],
    ['exams', 'appeal', 'exam-appeal'],
    ['inclusive', 'homeStudy', 'inclusive-home-study'],
    ['college', 'transfer', 'college-transfer'],
    ['teachers', 'award', 'teacher-awards'],
    ['allowances', 'meals', 'meals-benefit'],
    ['camps', 'list', 'camp-choose'],
    ['licensing', 'check', 'licence-check'],
    ['guardianship', 'payments', 'guardianship-payments'],
    ['documents', 'apostille', 'apostille'],
    ['reception', 'when', 'reception-how'],
  ])('[3.5.3] %s, %s: the answer that one key says is «%s»', (topic, need, expected) => {
    const call = new Conversation('inbound').choose('stated', 'anonymous').answer('topic', topic).choose(topic);
    call.answer(`${topic}Need`, need).choose('clear', 'answer');
    const request = { text: '', topic, about: call.matter, clientKind: 'external' as const, day: '2026-11-26' };
    expect(answers.search(request).hits[0]?.article.id).toBe(expected);
  });

  it('[3.5.1] what was learned of the topic goes to whoever chooses the colleague', () => {
    const call = new Conversation('inbound').choose('stated', 'anonymous').answer('topic', 'kindergarten');
    call.choose('kindergarten').answer('kindergartenNeed', 'move').answer('kindergartenSituation', 'move');
    call.answer('kindergartenProfile', 'parent').choose('clear', 'transfer');
    expect(call.effectsOf('transfer.ask')).toMatchObject([
      { topic: 'kindergarten', situation: 'move', profile: 'parent' },
    ]);
  });

  it('[3.5.1] every topic has somebody in the staff directory', () => {
    for (const { id } of library.topics.topics.filter(({ id: topic }) => topic !== 'other'))
      expect(library.staff.filter(({ topics }) => topics.includes(id)).length, id).toBeGreaterThan(0);
  });

  it('[3.5.4] scripts offer the topics of the list and no others', () => {
    const known = names(library.topics.topics);
    for (const script of scripts.values())
      for (const step of script.steps)
        for (const question of step.questions ?? [])
          if (question.fills === 'inquiry.topic' && 'options' in question)
            for (const { value } of question.options) expect(known, `${script.id} ${step.id}`).toContain(value);
  });
});
