// A form inside a panel: Enter sends it, and Escape leaves the form alone, not the whole screen.
import type { ReactNode } from 'react';

export function LeavableForm(props: {
  className?: string | undefined;
  onSubmit: () => Promise<void>;
  onLeave: () => void;
  children: ReactNode;
}) {
  const { className, onSubmit, onLeave, children } = props;
  return (
    <form
      className={className}
      onSubmit={(event) => {
        event.preventDefault();
        void onSubmit();
      }}
      onKeyDown={(event) => {
        // Escape belongs to the whole window; in this form it leaves the form only.
        if (event.key !== 'Escape' || event.defaultPrevented) return;
        event.preventDefault();
        onLeave();
      }}
    >
      {children}
    </form>
  );
}
