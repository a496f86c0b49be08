import { createTheme } from '@mantine/core';
import type { MantineColorsTuple } from '@mantine/core';
import controls from './controls.module.css';

/** Petrol, from paper to ink: the one hue Mantine's own parts may use. */
const petrol: MantineColorsTuple = [
  '#eef6f8',
  '#dcebf0',
  '#b4d6e0',
  '#89c0d0',
  '#66adc3',
  '#4a9db6',
  '#2f86a1',
  '#1b6f8a',
  '#135a71',
  '#0b4557',
];

/**
 * The shape of the controls; their colours are the tokens of styles.css, so that one file knows light and dark. They
 * are named and not imported, so that a page loads those that it uses.
 */
export const theme = createTheme({
  primaryColor: 'petrol',
  colors: { petrol },
  fontFamily: 'var(--font)',
  fontFamilyMonospace: 'var(--mono)',
  defaultRadius: 6,
  cursorType: 'pointer',
  components: {
    Button: { classNames: { root: controls.button } },
    Modal: {
      defaultProps: { centered: true, size: 460, transitionProps: { duration: 120 } },
      classNames: {
        content: controls.modal,
        header: controls.modalHeader,
        title: controls.modalTitle,
        body: controls.modalBody,
      },
    },
    NativeSelect: { classNames: { input: controls.input, label: controls.label } },
    NumberInput: {
      classNames: {
        input: controls.input,
        label: controls.label,
        description: controls.description,
        controls: controls.steppers,
      },
    },
    PasswordInput: { classNames: { input: controls.input, label: controls.label } },
    Radio: {
      classNames: { radio: controls.radio, label: controls.radioLabel, description: controls.radioDescription },
    },
    RadioGroup: { classNames: { label: controls.label } },
    TextInput: {
      classNames: { input: controls.input, label: controls.label, description: controls.description },
    },
    Textarea: {
      classNames: { input: controls.input, label: controls.label, description: controls.description },
    },
    SegmentedControl: {
      classNames: { root: controls.segments, label: controls.segment, indicator: controls.segmentIndicator },
    },
    Slider: {
      classNames: {
        track: controls.track,
        bar: controls.bar,
        thumb: controls.thumb,
        mark: controls.mark,
        markLabel: controls.markLabel,
        label: controls.sliderLabel,
      },
    },
    Tabs: { classNames: { list: controls.tabs, tab: controls.tab } },
    Tooltip: { classNames: { tooltip: controls.tooltip } },
  },
});
