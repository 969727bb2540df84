import { IconAlertTriangle, IconArrowRight, IconClipboard, IconPlus } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { memo, useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { FindingView, LooseStep, Present, StudioView } from '../../../../server/contract/studio.ts';
import { useSaid } from '../../shared/i18n/said.ts';
import { useTopic } from '../../shared/realtime/context.ts';
import { shortName } from '../../supervisor/words.ts';
import { audienceWords } from './audience.ts';
import { useTakenStep } from './clipboard.ts';
import styles from './Outline.module.css';
import { Spoken } from './Spoken.tsx';
import { useConditionWords, useFields, type FieldMap } from './subjects.ts';
import { leadKey, leadsOf } from '../leads.ts';
import { useDesk } from '../studioContext.ts';
import { anyText, calledScript, found, grouped, plainList, str, titleOf, wordedOf, type Worded } from '../texts.ts';
import { tabId } from './tab.ts';

/** The script as a page to read from top to bottom; only what is in sight is drawn. */
export function Outline({ search }: { readonly search: string }) {
  const { t } = useTranslation('studio');
  const { open, chosen, choose, addStep, pasteStep } = useDesk();
  const taken = useTakenStep();
  const after = chosen ?? open.script.steps.at(-1)?.id ?? null;
  const scroller = useRef<HTMLDivElement>(null);
  const steps = useMemo(() => found(open.script.steps, search), [open.script.steps, search]);
  const titles = useMemo(
    () => new Map(open.script.steps.map((step) => [step.id, titleOf(step, step.id)])),
    [open.script.steps],
  );
  const fields = useFields();
  const listed = useTopic<StudioView>('studio')?.scripts;
  const scripts = useMemo(() => new Map((listed ?? []).map((row) => [row.scriptId, row.title])), [listed]);
  const findings = useMemo(() => grouped(open.draft.findings, (each) => each.stepId), [open.draft.findings]);
  const mine = tabId();
  const present = useMemo(
    () =>
      grouped(
        open.draft.present.filter((each) => each.tabId !== mine),
        (each) => each.stepId,
      ),
    [open.draft.present, mine],
  );
  const rows = useVirtualizer({
    count: steps.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 150,
    overscan: 6,
    getItemKey: (index) => steps[index]?.id ?? index,
  });
  const chosenIndex = steps.findIndex(({ id }) => id === chosen);
  useEffect(() => {
    if (chosenIndex >= 0) rows.scrollToIndex(chosenIndex, { align: 'auto' });
  }, [chosenIndex, rows]);
  return (
    <div ref={scroller} className={styles['outline']}>
      <div style={{ height: rows.getTotalSize(), position: 'relative' }}>
        {rows.getVirtualItems().map(({ index, start, key }) => {
          const step = steps[index];
          return step ? (
            <div
              key={key}
              ref={rows.measureElement}
              data-index={index}
              className={styles['place']}
              style={{ transform: `translateY(${start}px)` }}
            >
              <Entry
                step={step}
                titles={titles}
                scripts={scripts}
                fields={fields}
                isChosen={step.id === chosen}
                findings={findings.get(step.id)}
                present={present.get(step.id)}
                onChoose={choose}
              />
            </div>
          ) : null;
        })}
      </div>
      {steps.length === 0 && <p className={styles['empty']}>{t(search ? 'list.nothing' : 'outline.empty')}</p>}
      <div className={styles['adds']}>
        <button type="button" onClick={() => addStep(after)}>
          <IconPlus size={16} /> {t('step.add')}
        </button>
        {taken && (
          <button type="button" title="Ctrl+V" onClick={() => pasteStep(after)}>
            <IconClipboard size={16} /> {t('step.paste', { title: titleOf(taken, taken.id) })}
          </button>
        )}
      </div>
    </div>
  );
}

interface EntryProps {
  readonly step: LooseStep;
  readonly titles: ReadonlyMap<string, string>;
  readonly scripts: ReadonlyMap<string, string>;
  readonly fields: FieldMap;
  readonly isChosen: boolean;
  readonly findings: readonly FindingView[] | undefined;
  readonly present: readonly Present[] | undefined;
  readonly onChoose: (stepId: string) => void;
}
const Entry = memo(function Entry({
  step,
  titles,
  scripts,
  fields,
  isChosen,
  findings,
  present,
  onChoose,
}: EntryProps) {
  const { t } = useTranslation('studio');
  const said = useSaid();
  const say = useConditionWords(fields);
  const leads = leadsOf(step);
  const targets = new Map(leads.map((lead) => [lead.via, lead.to]));
  const worst = findings?.some(({ severity }) => severity === 'error') ? 'error' : findings && 'warning';
  return (
    <article className={styles['step']} data-chosen={isChosen || undefined} data-worst={worst}>
      <button type="button" className={styles['title']} onClick={() => onChoose(step.id)}>
        <strong>{titleOf(step, step.id)}</strong>
        <span>{t([`kind.${String(step['kind'])}`, 'kind.none'])}</span>
        {present?.map(({ tabId: tab, name }) => (
          <em key={tab}>{shortName(name)}</em>
        ))}
        {worst && (
          <span className={styles['worst']} title={findings?.[0] && said(findings[0].message).replaceAll('`', '')}>
            <IconAlertTriangle size={16} aria-hidden /> {findings?.length}
          </span>
        )}
      </button>
      {wordedOf(step['say']).map((wording, index) => (
        // Wordings have no names; their order is what they are.
        // oxlint-disable-next-line react/no-array-index-key
        <Say key={index} wording={wording} fields={fields} />
      ))}
      {wordedOf(step['trial']).map((wording, index) => (
        // oxlint-disable-next-line react/no-array-index-key
        <Say key={index} wording={wording} fields={fields} isOnTrial />
      ))}
      {wordedOf(step['hints']).map(({ text }, index) => (
        // oxlint-disable-next-line react/no-array-index-key
        <p key={index} className={styles['hint']}>
          {anyText(text)}
        </p>
      ))}
      <ul>
        {plainList(step['choices']).map((choice, index) => {
          const to = targets.get(String(choice['id']));
          return (
            <li key={str(choice['id']) || index}>
              <span>
                {anyText(choice['label'])}
                {choice['shown'] !== undefined && <small> {say(choice['shown'])}</small>}
              </span>
              {calledScript(choice) !== '' && (
                <small>
                  ↗ {scripts.get(calledScript(choice)) ?? t('target.unknown', { id: calledScript(choice) })}
                </small>
              )}
              {to !== undefined && <To id={to} titles={titles} onChoose={onChoose} />}
            </li>
          );
        })}
        {leads
          .filter(({ kind }) => kind !== 'choice')
          .map((lead) => (
            <li key={leadKey(lead)}>
              <small>
                {lead.kind === 'limit'
                  ? t('graph.lead.limit', { label: lead.label })
                  : t('sentence.on', { fact: t(`fact.${lead.via}`) })}
              </small>
              <To id={lead.to} titles={titles} onChoose={onChoose} />
            </li>
          ))}
      </ul>
    </article>
  );
});

interface SayProps {
  readonly wording: Worded;
  readonly fields: FieldMap;
  readonly isOnTrial?: boolean;
}
/** One wording, and when it is said. */
function Say({ wording: { text, rest }, fields, isOnTrial = false }: SayProps) {
  const { t } = useTranslation('studio');
  const when = useConditionWords(fields)(rest['when']);
  const limits = [
    isOnTrial && t('trial.short'),
    when !== '' && t('sentence.when', { value: when }),
    audienceWords(rest, t),
    rest['otherwise'] === true && t('step.otherwise'),
  ].filter(Boolean);
  return (
    <p className={styles['say']} data-trial={isOnTrial || undefined}>
      «<Spoken text={anyText(text)} fields={fields} />»{limits.length > 0 && <small> {limits.join('; ')}</small>}
    </p>
  );
}

interface ToProps {
  readonly id: string;
  readonly titles: ReadonlyMap<string, string>;
  readonly onChoose: (stepId: string) => void;
}
/** The step that something leads to, one press away. */
function To({ id, titles, onChoose }: ToProps) {
  const { t } = useTranslation('studio');
  return (
    <button type="button" onClick={() => onChoose(id)} disabled={!titles.has(id)}>
      <IconArrowRight size={14} aria-hidden /> {titles.get(id) ?? t([`target.${id}`, 'target.unknown'], { id })}
    </button>
  );
}
