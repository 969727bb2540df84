import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { orThrow } from '../knowledge/fault.ts';
import { readYaml } from '../knowledge/yamlFile.ts';
import { BusinessCalendar } from './businessCalendar.ts';
import { weekSchema, yearSchema, zonesSchema } from './calendarData.ts';
import type { CalendarData, WeekData, YearData, ZonesData } from './calendarData.ts';

const YEAR_FILE = /^[a-z]{2}-\d{4}\.yaml$/;
const WEEK_FILE = 'working-week.yaml';
const ZONES_FILE = 'number-zones.yaml';

/**
 * Reads `<library>/calendars`: the organisation's week and the production calendars of the years that are there.
 * Rejects with `library.faults`, all of them with file and line.
 */
export const readCalendarData = async (libraryDir: string, timeZone: string): Promise<CalendarData> => {
  const folder = join(libraryDir, 'calendars');
  const names = (await readdir(folder)).filter((name) => YEAR_FILE.test(name)).sort();
  const text = (name: string): Promise<string> => readFile(join(folder, name), 'utf8');
  const week: WeekData = orThrow(readYaml<WeekData>(WEEK_FILE, await text(WEEK_FILE), weekSchema));
  const years: YearData[] = [];
  for (const name of names) years.push(orThrow(readYaml<YearData>(name, await text(name), yearSchema)));
  const numberZones: ZonesData = orThrow(readYaml<ZonesData>(ZONES_FILE, await text(ZONES_FILE), zonesSchema));
  return { timeZone, week, years, numberZones };
};

export const loadCalendar = async (libraryDir: string, timeZone: string): Promise<BusinessCalendar> =>
  new BusinessCalendar(await readCalendarData(libraryDir, timeZone));
