import { Panel } from '../../components/Panel';
import { Loading } from '../../components/Loading';
import { DiagnosisPanel } from '../diagnosis/DiagnosisPanel';
import { useReport } from '../diagnosis/queries';
import type { SearchReport as Report } from '../diagnosis/report';
import { SearchPanel } from '../search/SearchPanel';

/** What the search of a run came to: its candidates as charts, and why none clears the bar. */
export function SearchReport({ job }: { job: string }) {
  const details = useReport(job);
  if (!details.data) return <Loading error={details.error} what="the search" />;
  const report = details.data.report as Report | null;
  if (report == null) return null;
  return (
    <>
      <Panel title="Candidates of the search">
        <SearchPanel search={report.search} />
      </Panel>
      {report.diagnosis != null && (
        <Panel title="Why none clears the bar">
          <DiagnosisPanel diagnosis={report.diagnosis} />
        </Panel>
      )}
    </>
  );
}
