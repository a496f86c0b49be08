import { lazy, Suspense, useRef } from 'react';
import { Link, Outlet, useLocation } from 'react-router';
import { useOnline } from '../api/connection';
import { useKeyRequest } from '../api/key';
import { useOpenAlerts, useStatus } from '../api/queries';
import { count, duration } from '../format';
import { useNow } from '../hooks';
import { Loading } from './Loading';
import { Logo } from './Logo';
import { PageBoundary } from './PageBoundary';
import { SchemeToggle } from './SchemeToggle';
import styles from './Shell.module.css';

const KeyDialog = lazy(async () => ({ default: (await import('./KeyDialog')).KeyDialog }));

/** The frame of every page: header, the banner of a lost connection, footer. */
export function Shell() {
  const { pathname } = useLocation();
  const main = useRef<HTMLElement>(null);
  const keyRequest = useKeyRequest();
  const predicting = pathname === '/predict';
  // pages of a model or data set are below their list, which is then the current section but not the current page
  const data = pathname === '/datasets' ? 'page' : pathname.startsWith('/datasets/') ? true : undefined;
  const models = pathname === '/' ? 'page' : pathname.startsWith('/models/') ? true : undefined;
  return (
    <div className={styles.shell}>
      <button type="button" className={styles.skip} onClick={() => main.current?.focus()}>
        Skip to the page
      </button>
      <header className={styles.header}>
        <div className={styles.bar}>
          <Link to="/" className={styles.home} aria-label="Fovea, all models">
            <Logo />
            <span>Fovea</span>
          </Link>
          <nav className={styles.nav} aria-label="Pages">
            <Link to="/" aria-current={models}>
              Models
            </Link>
            <Link to="/datasets" aria-current={data}>
              Data
            </Link>
            <Link to="/predict" aria-current={predicting ? 'page' : undefined}>
              Predict
            </Link>
            <AlertsLink current={pathname === '/alerts'} />
          </nav>
          <SchemeToggle />
        </div>
      </header>
      <ConnectionBanner />
      <main ref={main} tabIndex={-1} className={styles.main}>
        <PageBoundary address={pathname}>
          <Suspense fallback={<Loading error={null} what="the page" />}>
            <Outlet />
          </Suspense>
        </PageBoundary>
      </main>
      <Footer />
      {keyRequest !== 'no' && (
        <Suspense fallback={null}>
          <KeyDialog />
        </Suspense>
      )}
    </div>
  );
}

/** The way to the alerts, with the number of those that nobody has taken up. */
function AlertsLink({ current }: { current: boolean }) {
  const alerts = useOpenAlerts().data?.alerts.filter((alert) => alert.status.state === 'raised') ?? [];
  const raised = alerts.length;
  const critical = alerts.filter((alert) => alert.subject.severity === 'critical').length;
  return (
    <Link to="/alerts" aria-current={current ? 'page' : undefined}>
      Alerts
      {raised > 0 && (
        <>
          <span className={styles.count} data-critical={critical > 0 || undefined} aria-hidden="true">
            {raised > 99 ? '99+' : raised}
          </span>
          <span className="hidden">
            , {count(raised)} raised{critical > 0 && `, ${count(critical)} critical`}
          </span>
        </>
      )}
    </Link>
  );
}

function ConnectionBanner() {
  const online = useOnline();
  return (
    <div role="status" data-testid="connection">
      {!online && (
        <p className={styles.lost}>
          No connection to the server. This page shows the last known state and retries every 2 seconds.
        </p>
      )}
    </div>
  );
}

function Footer() {
  const status = useStatus().data;
  const now = useNow();
  return (
    <footer className={styles.footer}>
      <span>
        {status
          ? `Fovea ${status.version}, up for ${duration(Math.max(0, Math.round((now - Date.parse(status.started_at)) / 1000)))}`
          : 'Fovea'}
      </span>
      <span>
        <a href="docs/">Documentation</a> · <a href="v1/openapi.json">API document</a>
      </span>
    </footer>
  );
}
