import type { BoardDelta, BoardView, OperatorRow, RiskRow, RowsDelta } from '../contract/index.ts';

/** A television hangs where clients walk and its token lies in it: figures and times go there, no person of either side. */
const risk = ({ key, kind, breachAt, warnAt, since, queue }: RiskRow): RiskRow => ({
  key,
  kind,
  breachAt,
  warnAt,
  since,
  ...(queue === undefined ? {} : { queue }),
});
const operator = ({ key, state, since, queues }: OperatorRow): OperatorRow => ({
  ...{ key, state, since, queues },
  ...{ name: '', unit: '', handled: 0, talkMs: 0 },
});
const rows = <Row>(delta: RowsDelta<Row>, of: (row: Row) => Row): RowsDelta<Row> => ({
  put: delta.put.map(of),
  gone: delta.gone,
});

export const wallboardView = (view: BoardView): BoardView => ({
  ...view,
  risks: view.risks.map(risk),
  operators: view.operators.map(operator),
  alerts: [],
  listening: [],
});
export function wallboardDelta(delta: BoardDelta): BoardDelta {
  const { serverNow, links, storage, settings, queues, risks, operators } = delta;
  return {
    serverNow,
    ...(links ? { links } : {}),
    ...(storage ? { storage } : {}),
    ...(settings ? { settings } : {}),
    ...(queues ? { queues } : {}),
    ...(risks ? { risks: rows(risks, risk) } : {}),
    ...(operators ? { operators: rows(operators, operator) } : {}),
  };
}
