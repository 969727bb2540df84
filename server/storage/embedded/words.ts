/**
 * What journal bodies have in common, most frequent last (deflate prefers what is near). Never change a published
 * list: add a new one under the next number in packing.ts.
 */
export const JOURNAL_WORDS = [
  '"transferredsatisfiedunsatisfied"wrongNumber"kept"broken"clientLeft"missed"',
  '"type":"queue.figures","completed":,"abandoned":,"holdTimeMs":,"talkTimeMs":,"serviceLevelMs":,"serviceLevelPercent":',
  '"type":"link.restored","exchangeRestarted":false}"type":"link.lost","reason":"',
  '"type":"queue.memberChanged","present":true}"type":"queue.memberPaused","paused":false,"reason":"',
  '"type":"call.surveyAnswered","question":"","digit":""}"type":"call.recorded","file":".wav"',
  '"type":"call.listening","phase":"started","mode":"listen","supervisorDevice":"stoppedwhisperjoin',
  '"type":"call.merged","absorbed":""type":"call.parked","space":""type":"call.unparked"',
  '"type":"call.transferRefused","count":2}"type":"call.operatorLeft"',
  '"type":"call.confirmed","devices":[{"device":"PJSIP/","state":"talking"}],"notBefore":',
  '"type":"call.consultStarted","type":"call.consultEnded","outcome":"returned"failed"transferred"',
  '"type":"call.transferred","kind":"blind","attended","fromDevice":"PJSIP/","target":{"number":"","device":"PJSIP/"}',
  '"type":"call.offerEnded","reason":"noAnswerbusyrejectedansweredElsewherecancelled"',
  '"direction":"outbound","originateToken":""direction":"internal"',
  '"promisedMs":60000,"heldAt":,"dueAt":,"number":"+7","question":"","clientName":"","promiseId":""',
  '"disposition":"","note":"","satisfied":true,"operatorId":"","inquiryId":"","userId":""',
  '"fieldId":"","value":"","stepId":"greetingidentitypurposerephraseanswerholdcallbacktransferfarewell","choiceId":""',
  '"name":"script.answer","name":"hold.name","name":"wrapUp.close","name":"script.choose","input":{"callId":"',
  '"type":"device.stateChanged","state":"freeinUsebusyringingonHoldunavailable"',
  '"type":"call.ended","by":"client","cause":16,"causeText":"Normal Clearing"',
  '"type":"call.held","by":"operator","type":"call.resumed"',
  '"type":"call.answered","type":"call.offered","queueWaitMs":',
  '"type":"call.queueLeft","reason":"answered"abandoned"',
  '"type":"call.queueEntered","queue":"","position":1',
  '{"type":"call.started","direction":"inbound","linkedid":"","client":{"number":"+79","name":""},"dialled":"',
  '"device":"PJSIP/101","exchangeId":"main","callId":"main/',
].join('');
