export default {
  silent: 'На этом шаге вслух ничего не говорят',
  back: 'Назад',
  required: 'обязательно',
  facts: 'Что происходит на линии',
  satisfied: 'Разговор окончен: вопрос решён',
  unsatisfied: 'Разговор окончен: вопрос не решён',
  none: 'Разговор не состоялся',
  fact: {
    holdNamed: 'Назвал(а) срок удержания',
    held: 'Поставить на удержание',
    resumed: 'Вернуться на линию',
    holdOverdue: 'Срок удержания вышел',
    callbackPromised: 'Обещать перезвонить',
    transferred: 'Перевести',
    transferRefused: 'Перевод не удался',
    clientHungUp: 'Клиент положил трубку',
  },
};
