import { NumberInput } from '@mantine/core';

interface Props {
  label: string;
  /** 0 to 1 */
  value: number;
  onChange: (share: number) => void;
}

/** A share in percent. */
export function Share({ label, value, onChange }: Props) {
  return (
    <NumberInput
      label={label}
      min={0}
      max={100}
      suffix=" %"
      clampBehavior="strict"
      value={Math.round(value * 1000) / 10}
      onChange={(next) => onChange(Number(next) / 100)}
    />
  );
}
