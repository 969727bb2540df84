/** What a person may do. A person can hold several. `wallboard` is a television in the hall: it sees figures only. */
export const ROLES = ['operator', 'supervisor', 'trainer', 'admin', 'wallboard'] as const;
export type Role = (typeof ROLES)[number];

/** Who is at the other end: chooses script, wording and articles (3.5.8, 3.10.2). */
export type ClientKind = 'external' | 'internal';
export type Language = 'ru' | 'en';
/** Part of the day for the greeting, by the site's time zone: from 5, 12, 18 and 23 o'clock. */
export type DayPart = 'morning' | 'day' | 'evening' | 'night';
