import type { RaisedAlert } from '../../api/types';
import { ReasonDialog } from '../../components/ReasonDialog';
import { count } from '../../format';
import { useAcknowledge } from './queries';

interface Props {
  alerts: readonly RaisedAlert[];
  onClose: () => void;
}

/** Takes up an alert, or several with the same note. */
export function AcknowledgeDialog({ alerts, onClose }: Props) {
  const acknowledge = useAcknowledge();
  const [first] = alerts;
  const one = alerts.length === 1;
  return (
    <ReasonDialog
      title={one ? 'Acknowledge the alert' : `Acknowledge ${count(alerts.length)} alerts`}
      confirm="Acknowledge"
      label="Note"
      description={`Kept with the ${one ? 'alert' : 'alerts'}, and sent to the receivers.`}
      placeholder="e.g. the light over line 3 is being replaced"
      optional
      act={(note) => acknowledge.mutateAsync({ ids: alerts.map((alert) => alert.id), note })}
      onClose={onClose}
    >
      {one && first ? `${first.title}. You take it up: it is` : 'You take them up: they are'} not sent again while{' '}
      {one ? 'it holds' : 'they hold'}.
    </ReasonDialog>
  );
}
