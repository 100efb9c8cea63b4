// Starts the page: connects to the workstation and draws the shell.
import './parts/tokens.css';
import './parts/base.css';
import { CSPProvider } from '@base-ui/react/csp-provider';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { HotkeyProvider } from './parts/useHotkeys.tsx';
import { openPipe } from './pipe.ts';
import { App } from './shell/App.tsx';
import { createKeeper } from './state/interrupted.ts';
import { createStation, StationProvider } from './state/station.tsx';
import { applyTheme } from './state/theme.ts';

const root = document.getElementById('root');
if (!root) throw new Error('the page has no root');

applyTheme();

const station = createStation({
  open: openPipe,
  later: (delayMs, callback) => void setTimeout(callback, delayMs),
  makeKey: () => crypto.randomUUID(),
  keeper: createKeeper(localStorage),
});

createRoot(root).render(
  <StrictMode>
    <CSPProvider disableStyleElements>
      <StationProvider station={station}>
        <HotkeyProvider>
          <App />
        </HotkeyProvider>
      </StationProvider>
    </CSPProvider>
  </StrictMode>,
);
