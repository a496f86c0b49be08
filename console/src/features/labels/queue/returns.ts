import { ProblemError, request } from '../../../api/client';
import { labellingPath } from '../../../api/labelling';

const PREFIX = 'fovea-return/';

const leasePath = (dataset: string, lease: string) => `${labellingPath(dataset)}/leases/${encodeURIComponent(lease)}`;

/**
 * Returns a lease, also while the page is being closed. It is noted before, so that the next page returns it where the
 * server was away.
 */
export async function giveBack(dataset: string, lease: string): Promise<void> {
  const key = PREFIX + lease;
  try {
    localStorage.setItem(key, dataset);
  } catch {
    // a full storage: the lease then ends by itself
  }
  try {
    await request(leasePath(dataset, lease), { method: 'DELETE', keepalive: true });
  } catch (error) {
    // what the server refuses to take back has ended already
    if (!(error instanceof ProblemError) || error.problem.status >= 500) throw error;
  }
  localStorage.removeItem(key);
}

/** Returns what earlier pages could not. */
export async function returnLeft(): Promise<void> {
  const keys = Array.from({ length: localStorage.length }, (_, i) => localStorage.key(i) ?? '');
  for (const key of keys.filter((each) => each.startsWith(PREFIX)))
    await giveBack(localStorage.getItem(key) ?? '', key.slice(PREFIX.length));
}

/** Extends a lease; nothing where it has ended or the image is with others by now. */
export async function renew(dataset: string, lease: string): Promise<{ expires: string } | null> {
  try {
    return await request<{ expires: string }>(leasePath(dataset, lease), { method: 'PUT' });
  } catch (error) {
    if (error instanceof ProblemError && (error.problem.status === 404 || error.problem.status === 409)) return null;
    throw error;
  }
}
