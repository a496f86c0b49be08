import { Button, Modal, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { SubmitEvent } from 'react';
import { useNavigate } from 'react-router';
import type { Task } from '../../api/datasets';
import { ProblemNote } from '../../components/ProblemNote';
import { taskWords } from '../../format';
import { classesOfText } from './classText';
import { useCreateDataset } from './queries';
import styles from './DatasetsPage.module.css';

const TASKS: readonly Task[] = [
  'classification',
  'multi-label',
  'detection',
  'instance-segmentation',
  'semantic-segmentation',
];

/** Name, task and classes of a new data set; images come afterwards. */
export function CreateDatasetDialog({ onClose }: { onClose: () => void }) {
  const create = useCreateDataset();
  const navigate = useNavigate();
  const [name, setName] = useState('');
  const [task, setTask] = useState<Task>('classification');
  const [text, setText] = useState('');
  const ready = name.trim() !== '' && !create.isPending;

  function submit(event: SubmitEvent) {
    event.preventDefault();
    if (!ready) return;
    create
      .mutateAsync({ name: name.trim(), task, classes: classesOfText(text) })
      .then((made) => navigate(`/datasets/${encodeURIComponent(made.name)}`))
      .catch(() => undefined);
  }

  return (
    <Modal opened onClose={onClose} title="Create a data set" closeButtonProps={{ 'aria-label': 'Close' }}>
      <form onSubmit={submit} className={styles.form}>
        <TextInput
          label="Name"
          placeholder="shirts"
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          spellCheck={false}
          autoComplete="off"
          data-autofocus
        />
        <NativeSelect
          label="Task"
          value={task}
          onChange={(event) => setTask(event.currentTarget.value as Task)}
          data={TASKS.map((value) => ({ value, label: taskWords(value) }))}
        />
        <Textarea
          label="Classes"
          description="One on each line; what it means follows a colon."
          placeholder={'hole: the fabric is open\ntear: threads are torn, the fabric is closed\nnone: no fault'}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          autosize
          minRows={3}
        />
        {create.error && <ProblemNote error={create.error} />}
        <div className={styles.buttons}>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" disabled={!ready}>
            Create
          </Button>
        </div>
      </form>
    </Modal>
  );
}
