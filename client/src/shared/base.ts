/**
 * Where this product lives on the site: `''`, or `/rehearsal/<id>` for the one inside a rehearsal, whose pages, interface
 * and live views are all below that address. Tests of parts have no address at all.
 */
export const BASE: string = 'location' in globalThis ? (/^\/rehearsal\/[\w-]+/.exec(location.pathname)?.[0] ?? '') : '';
