import type { Canary } from '../api/types';
import { shareText } from '../format';
import { Tag } from './Tag';

/** The shares of versions beside production, one tag each, so that many of them wrap. */
export function SplitTags({ shares }: { shares: readonly Canary[] }) {
  return shares.map((share) => (
    <Tag key={share.version} tone="spot">
      {shareText(share)}
    </Tag>
  ));
}
