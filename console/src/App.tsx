import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { lazy } from 'react';
import { HashRouter, Route, Routes } from 'react-router';
import { queryClient } from './api/queries';
import { NotFoundPage } from './components/NotFoundPage';
import { Shell } from './components/Shell';
import { theme } from './theme';

// each page is a file of its own: who labels does not wait for charts
const ModelsPage = lazy(async () => ({ default: (await import('./features/models/ModelsPage')).ModelsPage }));
const ModelPage = lazy(async () => ({ default: (await import('./features/models/ModelPage')).ModelPage }));
const PredictPage = lazy(async () => ({ default: (await import('./features/predict/PredictPage')).PredictPage }));
const DatasetsPage = lazy(async () => ({ default: (await import('./features/data/DatasetsPage')).DatasetsPage }));
const DatasetPage = lazy(async () => ({ default: (await import('./features/data/DatasetPage')).DatasetPage }));
const ItemPage = lazy(async () => ({ default: (await import('./features/data/ItemPage')).ItemPage }));
const LabelPage = lazy(async () => ({ default: (await import('./features/labels/LabelPage')).LabelPage }));
const TrainPage = lazy(async () => ({ default: (await import('./features/training/TrainPage')).TrainPage }));
const AdvicePage = lazy(async () => ({ default: (await import('./features/advice/AdvicePage')).AdvicePage }));
const AlertsPage = lazy(async () => ({ default: (await import('./features/alerts/AlertsPage')).AlertsPage }));

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
              <Route path="train" element={<TrainPage />} />
              <Route path="advice" element={<AdvicePage />} />
              <Route path="alerts" element={<AlertsPage />} />
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
