import { createTheme } from '@mantine/core';
import modal from './modal.module.css';

/**
 * Mantine's parts drawn with our tokens: see `tokens.css` and `mantine.css`. A part is named by text, because importing
 * it here would put it into the first load; who uses one imports its style sheet `@mantine/core/styles/<Part>.css` too.
 */
export const theme = createTheme({
  fontFamily: 'var(--font)',
  cursorType: 'pointer',
  defaultRadius: 'md',
  respectReducedMotion: true,
  components: {
    Modal: {
      defaultProps: { transitionProps: { duration: 100, transition: 'fade' } },
      classNames: {
        content: modal['content'],
        header: modal['header'],
        title: modal['title'],
        body: modal['body'],
        overlay: modal['overlay'],
        close: modal['close'],
      },
    },
    InputWrapper: { classNames: { label: modal['label'] } },
    Drawer: {
      defaultProps: { transitionProps: { duration: 100 } },
      classNames: {
        content: modal['drawer'],
        header: modal['header'],
        title: modal['title'],
        body: modal['body'],
        overlay: modal['overlay'],
        close: modal['close'],
      },
    },
  },
});
