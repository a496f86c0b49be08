import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { HashRouter, Route, Routes } from 'react-router';
import { queryClient } from './api/queries';
import { Shell } from './components/Shell';
import { DatasetPage } from './features/data/DatasetPage';
import { DatasetsPage } from './features/data/DatasetsPage';
import { ItemPage } from './features/data/ItemPage';
import { LabelPage } from './features/labels/LabelPage';
import { ModelPage } from './features/models/ModelPage';
import { ModelsPage } from './features/models/ModelsPage';
import { NotFoundPage } from './components/NotFoundPage';
import { PredictPage } from './features/predict/PredictPage';
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
              <Route path="predict" element={<PredictPage />} />
              <Route path="datasets" element={<DatasetsPage />} />
              <Route path="datasets/:name/label" element={<LabelPage />} />
              <Route path="datasets/:name/items/:hash" element={<ItemPage />} />
              <Route path="datasets/:name/:section?" element={<DatasetPage />} />
              <Route path="*" element={<NotFoundPage />} />
            </Route>
          </Routes>
        </HashRouter>
      </QueryClientProvider>
    </MantineProvider>
  );
}
