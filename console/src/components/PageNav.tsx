import { NativeSelect } from '@mantine/core';
import { Link, useNavigate } from 'react-router';
import styles from './PageNav.module.css';

export interface PageEntry {
  /** The last part of the address. */
  key: string;
  label: string;
}

export interface PageGroup {
  name: string;
  entries: readonly PageEntry[];
}

/** What stands beside an entry: its tone, and what it means. */
export interface PageMark {
  tone: 'bad' | 'warn';
  text: string;
}

interface Props {
  label: string;
  groups: readonly PageGroup[];
  current: string;
  addressOf: (key: string) => string;
  /** By key. */
  marks?: Readonly<Record<string, PageMark | undefined>>;
}

/** The pages of one thing, in groups: a column of links beside the page; on narrow screens a list to choose from. */
export function PageNav({ label, groups, current, addressOf, marks = {} }: Props) {
  const navigate = useNavigate();
  return (
    <nav aria-label={label} className={styles.nav}>
      <div className={styles.groups}>
        {groups.map(({ name, entries }) => (
          <div key={name}>
            <p className={styles.group}>{name}</p>
            <ul aria-label={name}>
              {entries.map(({ key, label: words }) => (
                <li key={key}>
                  <Link
                    to={addressOf(key)}
                    className={styles.entry}
                    aria-current={key === current ? 'page' : undefined}
                  >
                    {words}
                    {marks[key] && (
                      <>
                        <span className={styles.mark} data-tone={marks[key].tone} aria-hidden="true" />
                        <span className="hidden">, {marks[key].text}</span>
                      </>
                    )}
                  </Link>
                </li>
              ))}
            </ul>
          </div>
        ))}
      </div>
      <NativeSelect
        className={styles.select}
        aria-label={label}
        value={current}
        data={groups.map(({ name, entries }) => ({
          group: name,
          items: entries.map(({ key, label: words }) => ({
            value: key,
            label: marks[key] ? `${words} (${marks[key].text})` : words,
          })),
        }))}
        onChange={(event) => void navigate(addressOf(event.currentTarget.value))}
      />
    </nav>
  );
}
