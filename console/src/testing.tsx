import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, render } from '@testing-library/react';
import type { RunOptions } from 'axe-core';
import axe from 'axe-core';
import type { ReactNode } from 'react';
import { MemoryRouter } from 'react-router';
import { afterEach, vi } from 'vitest';

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

/** What jsdom lacks and the components ask for. */
function browser() {
  vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener: vi.fn(), removeEventListener: vi.fn() }));
  vi.stubGlobal(
    'ResizeObserver',
    class {
      observe = vi.fn();
      unobserve = vi.fn();
      disconnect = vi.fn();
    },
  );
}

/** Responses of the server by the path below `v1`; every other path is not found. */
export type Responses = Record<string, unknown>;

/** Renders a part of the console at an address, with a server that gives these responses. */
export function show(part: ReactNode, address = '/', responses: Responses = {}) {
  browser();
  vi.stubGlobal('fetch', (path: string) => {
    const body = responses[path.replace(/^v1/, '')];
    return Promise.resolve(
      body === undefined
        ? Response.json({ code: 'NOT_FOUND', detail: `There is no ${path}.`, status: 404 }, { status: 404 })
        : Response.json(body),
    );
  });
  const client = new QueryClient({ defaultOptions: { queries: { retry: false, gcTime: 0 } } });
  return render(
    <MantineProvider env="test">
      <QueryClientProvider client={client}>
        <MemoryRouter initialEntries={[address]}>{part}</MemoryRouter>
      </QueryClientProvider>
    </MantineProvider>,
  );
}

// jsdom paints nothing, so that contrasts are tested in the browser
const RULES: RunOptions = { rules: { 'color-contrast': { enabled: false }, region: { enabled: false } } };

/** What axe finds wrong with what is shown, one line each. */
export async function violations(): Promise<string[]> {
  const found = await axe.run(document.body, RULES);
  return found.violations.map((fault) => `${fault.id}: ${fault.nodes.map((node) => node.html).join(' ')}`);
}
