export default {
  silent: 'Nothing is said aloud on this step',
  back: 'Back',
  required: 'required',
  facts: 'What happens on the line',
  satisfied: 'The conversation is over: solved',
  unsatisfied: 'The conversation is over: not solved',
  none: 'There was no conversation',
  fact: {
    holdNamed: 'Named the time of hold',
    held: 'Put on hold',
    resumed: 'Come back on the line',
    holdOverdue: 'The time of hold is over',
    callbackPromised: 'Promise to call back',
    transferred: 'Transfer',
    transferRefused: 'The transfer failed',
    clientHungUp: 'The client hung up',
  },
};
