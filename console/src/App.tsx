import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { HashRouter, Route, Routes } from 'react-router';
import { queryClient } from './api/queries';
import { Shell } from './components/Shell';
import { ModelPage } from './pages/ModelPage';
import { ModelsPage } from './pages/ModelsPage';
import { NothingPage } from './pages/NothingPage';
import { TryPage } from './pages/TryPage';
import { theme } from './theme';

const schemes = localStorageColorSchemeManager({ key: 'fovea-scheme' });

/** Addresses live behind #, so the server hands out plain files and knows nothing of the console's pages. */
export function App() {
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto" colorSchemeManager={schemes}>
      <QueryClientProvider client={queryClient}>
        <HashRouter>
          <Routes>
            <Route element={<Shell />}>
              <Route index element={<ModelsPage />} />
              <Route path="models/:name/:section?" element={<ModelPage />} />
              <Route path="try" element={<TryPage />} />
              <Route path="*" element={<NothingPage />} />
            </Route>
          </Routes>
        </HashRouter>
      </QueryClientProvider>
    </MantineProvider>
  );
}
