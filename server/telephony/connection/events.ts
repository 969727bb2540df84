/**
 * What becomes of an event at the entry.
 * `kept`: facts are made of it; never shed. `spare`: good to know, shed when the queue is over its bound.
 * `dropped`: never used; also what strangers write unescaped (`Newexten` AppData). Unknown names are counted and dropped.
 */
export type EventClass = 'kept' | 'spare' | 'dropped' | 'unknown';

const KEPT = `
  Newchannel Newstate NewCallerid NewConnectedLine Rename Hangup HangupRequest SoftHangupRequest
  DialBegin DialState DialEnd
  BridgeCreate BridgeEnter BridgeLeave BridgeMerge BridgeDestroy
  Hold Unhold BlindTransfer AttendedTransfer Pickup
  LocalBridge LocalOptimizationBegin LocalOptimizationEnd
  ParkedCall UnParkedCall ParkedCallTimeOut ParkedCallGiveUp ParkedCallSwap
  QueueCallerJoin QueueCallerLeave QueueCallerAbandon
  QueueMemberAdded QueueMemberRemoved QueueMemberPause QueueMemberStatus
  AgentCalled AgentConnect AgentComplete AgentRingNoAnswer AgentDump
  DeviceStateChange ChanSpyStart ChanSpyStop MixMonitorStart MixMonitorStop MixMonitorMute
  UserEvent OriginateResponse FullyBooted Shutdown Reload`;

const SPARE = `
  MusicOnHoldStart MusicOnHoldStop ExtensionStatus PresenceStateChange PresenceStatus
  PeerStatus ContactStatus Registry QueueMemberPenalty QueueMemberRinginuse
  ConfbridgeStart ConfbridgeEnd ConfbridgeJoin ConfbridgeLeave`;

const DROPPED = `
  VarSet Newexten RTCPSent RTCPReceived DTMFBegin DTMFEnd Flash Wink ChannelTalkingStart ChannelTalkingStop
  Cdr CEL NewAccountCode BridgeVideoSourceUpdate HangupHandlerPush HangupHandlerPop HangupHandlerRun
  AGIExecStart AGIExecEnd AsyncAGIStart AsyncAGIExec AsyncAGIEnd
  MessageWaiting MiniVoiceMail VoicemailPasswordChange Load Unload LogChannel MemoryLimit LoadAverageLimit SessionLimit
  SuccessfulAuth ChallengeSent ChallengeResponseFailed InvalidPassword InvalidAccountID InvalidTransport
  AuthMethodNotAllowed FailedACL UnexpectedAddress RequestBadFormat RequestNotAllowed RequestNotSupported
  AgentLogin AgentLogoff Alarm AlarmClear SpanAlarm SpanAlarmClear DNDState DAHDIChannel
  AOC-D AOC-E AOC-S MCID FAXSession FAXStatus FAXStats ReceiveFAX SendFAX DeadlockStart PJSIPMaintenanceStatus
  ConfbridgeMute ConfbridgeUnmute ConfbridgeRecord ConfbridgeStopRecord ConfbridgeTalking
  MeetmeJoin MeetmeLeave MeetmeEnd MeetmeMute MeetmeTalking MeetmeTalkRequest`;

const words = (text: string): string[] => text.trim().toLowerCase().split(/\s+/);

const CLASSES: ReadonlyMap<string, EventClass> = new Map<string, EventClass>([
  ...words(KEPT).map((name) => [name, 'kept'] as const),
  ...words(SPARE).map((name) => [name, 'spare'] as const),
  ...words(DROPPED).map((name) => [name, 'dropped'] as const),
]);

/** By the name in any case: the documentation of Asterisk says `NewExten`, its source `Newexten`. */
export const classOfEvent = (name: string): EventClass => CLASSES.get(name.toLowerCase()) ?? 'unknown';
