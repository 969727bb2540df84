export default {
  pages: {
    operator: "Operator's panel",
    supervisor: "Supervisor's board",
    studio: 'Script studio',
    admin: 'Administration',
    reports: 'Reports',
    wallboard: 'Wallboard',
    demo: 'Demonstration exchange',
  },
  roles: {
    operator: 'operator',
    supervisor: 'supervisor',
    trainer: 'trainer',
    admin: 'administrator',
  },
  signIn: {
    title: 'Staff sign-in',
    login: 'Login',
    password: 'Password',
    enter: 'Sign in',
    busy: 'Signing in…',
    demo: 'This is a demonstration',
    demoWhat: 'There are no real calls here. Sign in as anyone with one click.',
  },
  start: {
    failed: 'The server does not answer',
    whatToDo: 'The conversation on the telephone goes on. Check the network and open the page again.',
    again: 'Open again',
  },
  fault: {
    title: 'The page broke',
    what: 'The conversation goes on and what was written is on the server. Open the page again: it shows the same step.',
    again: 'Open again',
  },
  noPages: {
    title: 'There is no page for you yet',
    what: 'Your account has no role. Ask the administrator.',
  },
  rail: {
    label: 'Pages',
    light: 'Light theme',
    dark: 'Dark theme',
    language: 'Экран по-русски',
    signOut: 'Sign out',
    signOutOf: 'Sign out ({{name}})',
  },
  link: {
    lost: 'No link to the server, data as of {{time}}',
    whatToDo: 'The call on the telephone goes on. The link comes back by itself; what you write is kept.',
    unanswered_one: '{{count}} action is not sent yet. It goes out by itself when the link is back.',
    unanswered_other: '{{count}} actions are not sent yet. They go out by themselves when the link is back.',
  },
};
