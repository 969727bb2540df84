export default {
  title: 'Trial of a second wording',
  begin: 'Try a second wording',
  what: 'By lot, half of the calls hear it instead of the first. It begins when published; changed words start the count anew.',
  keepFirst: 'End it: keep the first',
  keepSecond: 'End it: keep the second',
  results: 'Results of the trial',
  since: 'On trial since: {{since}}',
  between: 'On trial since: {{since}}; ended: {{until}}',
  ended_one: 'Earlier trial: {{count}}',
  ended_other: 'Earlier trials: {{count}}',
  first: 'First',
  second: 'Second',
  calls: 'Calls',
  time: 'Usual time on the step',
  seconds: '{{seconds}} s',
  took_one: '{{took}} of {{count}}',
  took_other: '{{took}} of {{count}}',
  of: {
    hangUp: 'Hung up on the step',
    satisfied: 'Question solved',
    repeat: 'Called again',
  },
  byLot_one:
    'The lot decides who hears which: time, topics and operators are the same for both. A difference is called real when chance would bring it in less than {{percent}}% of cases.',
  byLot_other:
    'The lot decides who hears which: time, topics and operators are the same for both. {{count}} things are compared at once, so a difference is called real when chance would bring it in less than {{percent}}% of cases.',
  chance: {
    none: 'Nothing to compare: one of the wordings has had no calls yet.',
    few: 'Too few calls to judge: at least 30 each are needed.',
    chance: 'May be chance: equally good ones bring it {{often}}.',
    real: 'Seems real: equally good ones bring it {{often}}.',
    often: 'in {{percent}}% of cases',
    seldom: 'in less than {{percent}}% of cases',
    range: 'Difference {{difference}} points (95%: {{low}} to {{high}}).',
    notByLot: 'Calls were not divided by lot, so other things may have moved the share too: time, topics, operators.',
  },
  plan: {
    wait_one:
      'Judge once, when each has {{plan}} calls: as many as it takes to see a difference of 10 points 8 times of 10. Each still needs {{count}} call.',
    wait_other:
      'Judge once, when each has {{plan}} calls: as many as it takes to see a difference of 10 points 8 times of 10. Each still needs {{count}} calls.',
    why: 'Look every day if you like, but do not end it sooner: whoever looks ten times and stops at the first “real” difference is wrong not in 5 but in 19 cases of 100 (Armitage, McPherson, Rowe, 1969).',
    done: 'Each has its {{plan}} calls, as planned: it can be judged.',
    endedSoon: 'Ended before each had the planned {{plan}} calls. Trust the difference with care.',
    soon: 'But there are fewer calls than planned: it is too soon to judge.',
  },
  missing: {
    more_one: 'To judge a difference of this size each needs about {{count}} call more.',
    more_other: 'To judge a difference of this size each needs about {{count}} calls more.',
    never: 'It is so small that there will never be calls enough to judge it.',
  },
};
