import { createTheme, Input } from '@mantine/core';
import fields from './fields.module.css';
import modal from './modal.module.css';

/**
 * Mantine's parts drawn with our tokens: see `tokens.css` and `mantine.css`.
 * Modal is named by text: importing it here would put it into the first load.
 */
export const theme = createTheme({
  fontFamily: 'var(--font)',
  cursorType: 'pointer',
  defaultRadius: 'md',
  respectReducedMotion: true,
  components: {
    Input: Input.extend({ classNames: { input: fields['input'] ?? '' } }),
    InputWrapper: Input.Wrapper.extend({
      classNames: {
        label: fields['label'] ?? '',
        error: fields['error'] ?? '',
        description: fields['description'] ?? '',
        required: fields['required'] ?? '',
      },
    }),
    Modal: {
      defaultProps: { centered: true, transitionProps: { duration: 100, transition: 'fade' } },
      classNames: {
        content: modal['content'],
        header: modal['header'],
        title: modal['title'],
        body: modal['body'],
        overlay: modal['overlay'],
        close: modal['close'],
      },
    },
  },
});
