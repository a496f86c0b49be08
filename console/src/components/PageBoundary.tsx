import { Component } from 'react';
import type { ReactNode } from 'react';
import styles from './PageBoundary.module.css';

interface Props {
  /** Another address is another try. */
  address: string;
  children: ReactNode;
}

/** In place of a page whose code did not arrive: after an update of the server, its old files are gone. */
export class PageBoundary extends Component<Props, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override componentDidUpdate({ address }: Props) {
    if (this.state.failed && address !== this.props.address) this.setState({ failed: false });
  }

  override render() {
    if (!this.state.failed) return this.props.children;
    return (
      <section role="alert" className={styles.failed}>
        <h1>This page cannot be shown</h1>
        <p>The server was updated, or it does not respond. Labels that you gave are kept in this browser.</p>
        <button type="button" onClick={() => location.reload()}>
          Load the page again
        </button>
      </section>
    );
  }
}
