import { type ReviewProperties, ReviewStep } from './review-step.tsx';
import { Sent } from './sent.tsx';

/** The last step: checking, sending, the case number. One script, so that nothing has to be fetched after sending. */
export const Ending = (properties: ReviewProperties) =>
  properties.sending.state === 'sent' ? (
    <Sent sent={properties.sending.answer} form={properties.view.form} />
  ) : (
    <ReviewStep {...properties} />
  );
