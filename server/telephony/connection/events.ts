/**
 * What becomes of an event at the entry. `used`: facts are made of it. `dropped`: nothing is made of it, and strangers can
 * write into some unescaped (`Newexten` AppData); most of these `asterisk/manager.conf` keeps back at the source already.
 * Unknown names are counted and dropped.
 */
export type EventClass = 'used' | 'dropped' | 'unknown';

const USED = `
  Newchannel Newstate NewCallerid NewConnectedLine Rename Hangup HangupRequest SoftHangupRequest
  DialBegin DialEnd BridgeEnter BridgeLeave BridgeDestroy LocalBridge
  Hold Unhold BlindTransfer AttendedTransfer
  ParkedCall UnParkedCall ParkedCallTimeOut
  QueueCallerJoin QueueCallerLeave QueueCallerAbandon QueueMemberAdded QueueMemberRemoved QueueMemberPause
  DeviceStateChange ChanSpyStart ChanSpyStop UserEvent FullyBooted`;

const DROPPED = `
  DialState BridgeCreate BridgeMerge LocalOptimizationBegin LocalOptimizationEnd Pickup
  MusicOnHoldStart MusicOnHoldStop MixMonitorStart MixMonitorStop MixMonitorMute
  ParkedCallGiveUp ParkedCallSwap OriginateResponse
  AgentCalled AgentConnect AgentComplete AgentRingNoAnswer AgentDump
  QueueMemberStatus QueueMemberPenalty QueueMemberRinginuse
  ExtensionStatus PresenceStateChange PresenceStatus PeerStatus ContactStatus Registry Shutdown Reload
  ConfbridgeStart ConfbridgeEnd ConfbridgeJoin ConfbridgeLeave
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

const words = (text: string): string[] => {
  const names = text.trim().split(/\s+/);
  return [...names, ...names.map((name) => name.toLowerCase())];
};

const CLASSES: ReadonlyMap<string, EventClass> = new Map<string, EventClass>([
  ...words(USED).map((name) => [name, 'used'] as const),
  ...words(DROPPED).map((name) => [name, 'dropped'] as const),
]);

/** By the name in any case: the documentation of Asterisk says `NewExten`, its source `Newexten`. */
export const classOfEvent = (name: string): EventClass =>
  CLASSES.get(name) ?? CLASSES.get(name.toLowerCase()) ?? 'unknown';
