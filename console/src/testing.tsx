import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, configure, render } from '@testing-library/react';
import type { RunOptions } from 'axe-core';
import axe from 'axe-core';
import type { ReactNode } from 'react';
import { MemoryRouter } from 'react-router';
import { afterEach, vi } from 'vitest';

// a limit for what never appears, not for what is slow
configure({ asyncUtilTimeout: 30_000 });

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

/** What jsdom lacks and the components use. */
function browser() {
  Object.assign(document, { fonts: { addEventListener: vi.fn(), removeEventListener: vi.fn() } });
  URL.createObjectURL = () => 'blob:test';
  URL.revokeObjectURL = () => undefined;
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

/** What the server responds to a request of any method. */
export type Respond = (init: RequestInit, path: string) => unknown;

/**
 * Responses of the server by the path below `v1`: a body, or a function that gives one or a response. Every other path
 * has the response of `*`, and without that is not found.
 */
export type Responses = Record<string, unknown>;

/** Renders a part of the console at an address, with a server that gives these responses. */
export function show(part: ReactNode, address = '/', responses: Responses = {}) {
  browser();
  vi.stubGlobal('fetch', (path: string, init: RequestInit = {}) => {
    const below = path.replace(/^v1/, '');
    const response = responses[below] ?? responses['*'];
    const body = typeof response === 'function' ? (response as Respond)(init, below) : response;
    if (body instanceof Response) return Promise.resolve(body);
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
  return found.violations.map((violation) => `${violation.id}: ${violation.nodes.map((node) => node.html).join(' ')}`);
}

/** An error response of the server. */
export const problem = (status: number, code: string, detail: string) => () =>
  Response.json({ type: 'about:blank', title: code, status, code, detail, request_id: 'r' }, { status });
