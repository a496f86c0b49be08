/** Which items are shown: values of tags, of which `class`, `split` and `labelled` are derived. */
export type ItemFilter = Readonly<Record<string, string>>;

export const PAGE_SIZE = 60;

/** The query of a page behind an item. */
export function filterQuery(filter: ItemFilter, after: number | null): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(filter).sort()) query.append('tag', `${name}=${value}`);
  if (after !== null) query.set('after', String(after));
  query.set('size', String(PAGE_SIZE));
  return query.toString();
}

/** The filter in the console's address: one parameter `tag` for each name. */
export function filterOfAddress(address: URLSearchParams): ItemFilter {
  const filter: Record<string, string> = {};
  for (const tag of address.getAll('tag')) {
    const equals = tag.indexOf('=');
    if (equals > 0) filter[tag.slice(0, equals)] = tag.slice(equals + 1);
  }
  return filter;
}

/** The address of a filter with one value changed; an empty value leaves the tag out. */
export function withTag(filter: ItemFilter, name: string, value: string): URLSearchParams {
  const query = new URLSearchParams();
  for (const [each, chosen] of Object.entries({ ...filter, [name]: value }).sort())
    if (chosen !== '') query.append('tag', `${each}=${chosen}`);
  return query;
}
