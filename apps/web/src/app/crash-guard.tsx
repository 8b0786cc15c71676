import { Component, type ReactNode } from 'react';
import { Button } from '#design/button.tsx';
import { Notice } from '#design/notice.tsx';

interface CrashGuardProps {
  readonly children: ReactNode;
}

/** Says so when the page itself breaks. Only a class can catch that in React. */
export class CrashGuard extends Component<CrashGuardProps, { readonly hasCrashed: boolean }> {
  override readonly state = { hasCrashed: false };

  static getDerivedStateFromError(): { hasCrashed: boolean } {
    return { hasCrashed: true };
  }

  override render(): ReactNode {
    if (!this.state.hasCrashed) return this.props.children;
    return (
      <Notice
        tone="bad"
        role="alert"
        title="This page stopped working."
        buttons={<Button onClick={() => location.reload()}>Load it again</Button>}
      >
        Backups go on, and what is backed up is not touched by it.
      </Notice>
    );
  }
}
