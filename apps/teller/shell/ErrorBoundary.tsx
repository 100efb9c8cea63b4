// Catches our own mistakes while drawing, says so, and lets the person go on; money is safe in the station.
import { Component, type ReactNode } from 'react';
import { Button } from '../parts/Button.tsx';
import { Notice } from '../parts/Notice.tsx';
import styles from './Opening.module.css';

interface State {
  readonly message: string | null;
}

/** React knows no other way to catch a mistake in drawing than a class. */
export class ErrorBoundary extends Component<{ children: ReactNode }, State> {
  override state: State = { message: null };

  static getDerivedStateFromError(error: unknown): State {
    return { message: error instanceof Error ? error.message : String(error) };
  }

  override render(): ReactNode {
    if (this.state.message === null) return this.props.children;
    return (
      <main className={styles.centre}>
        <Notice tone="red" isLoud>
          {`This screen made a mistake (${this.state.message}). Nothing was posted by it.`}
        </Notice>
        <Button kind="main" onPress={() => this.setState({ message: null })}>
          Draw it again
        </Button>
      </main>
    );
  }
}
