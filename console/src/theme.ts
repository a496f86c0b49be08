import {
  Button,
  createTheme,
  Modal,
  NativeSelect,
  NumberInput,
  PasswordInput,
  Radio,
  SegmentedControl,
  Slider,
  Tabs,
  Textarea,
  TextInput,
  Tooltip,
} from '@mantine/core';
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

/** The shape of the controls; their colours are the tokens of styles.css, so that one file knows light and dark. */
export const theme = createTheme({
  primaryColor: 'petrol',
  colors: { petrol },
  fontFamily: 'var(--font)',
  fontFamilyMonospace: 'var(--mono)',
  defaultRadius: 6,
  cursorType: 'pointer',
  components: {
    Button: Button.extend({ classNames: { root: controls.button } }),
    Modal: Modal.extend({
      defaultProps: { centered: true, size: 460, transitionProps: { duration: 120 } },
      classNames: {
        content: controls.modal,
        header: controls.modalHeader,
        title: controls.modalTitle,
        body: controls.modalBody,
      },
    }),
    NativeSelect: NativeSelect.extend({ classNames: { input: controls.input, label: controls.label } }),
    NumberInput: NumberInput.extend({
      classNames: { input: controls.input, label: controls.label, description: controls.description },
    }),
    PasswordInput: PasswordInput.extend({ classNames: { input: controls.input, label: controls.label } }),
    Radio: Radio.extend({
      classNames: { radio: controls.radio, label: controls.radioLabel, description: controls.radioDescription },
    }),
    RadioGroup: Radio.Group.extend({ classNames: { label: controls.label } }),
    TextInput: TextInput.extend({
      classNames: { input: controls.input, label: controls.label, description: controls.description },
    }),
    Textarea: Textarea.extend({
      classNames: { input: controls.input, label: controls.label, description: controls.description },
    }),
    SegmentedControl: SegmentedControl.extend({
      classNames: { root: controls.segments, label: controls.segment, indicator: controls.segmentIndicator },
    }),
    Slider: Slider.extend({
      classNames: {
        track: controls.track,
        bar: controls.bar,
        thumb: controls.thumb,
        mark: controls.mark,
        markLabel: controls.markLabel,
        label: controls.sliderLabel,
      },
    }),
    Tabs: Tabs.extend({ classNames: { list: controls.tabs, tab: controls.tab } }),
    Tooltip: Tooltip.extend({ classNames: { tooltip: controls.tooltip } }),
  },
});
