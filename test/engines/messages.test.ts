import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { type Email, startEmail } from '../../lib/local/engines/email.ts';
import { type Sms, startSms } from '../../lib/local/engines/sms.ts';
import type { EventBus } from '../../lib/local/event-bus.ts';

const at = Date.parse('2026-11-23T07:00:00Z');
const common = { region: 'eu-north-1', credentials: { accessKeyId: 'local', secretAccessKey: 'local' } };

describe('e-mail', () => {
  let email: Email;
  let ses: SESv2Client;
  const announced: Parameters<EventBus['put']>[0][] = [];
  before(async () => {
    email = await startEmail({
      allowedFrom: ['asiointi@example.fi'],
      now: () => at,
      announce: event => announced.push(event),
    });
    ses = new SESv2Client({ ...common, endpoint: email.url });
  });
  after(async () => {
    ses.destroy();
    await email.close();
  });
  const send = (FromEmailAddress: string, to: string) =>
    ses.send(
      new SendEmailCommand({
        FromEmailAddress,
        Destination: { ToAddresses: [to] },
        EmailTags: [{ Name: 'hour', Value: '9' }],
        Content: {
          Simple: { Subject: { Data: 'Uutta asiointikansiossa' }, Body: { Text: { Data: 'Hei' } } },
        },
      }),
    );

  test('from a verified sender it arrives, dated by the portal’s clock', async () => {
    const { MessageId } = await send('Asiointi <asiointi@example.fi>', 'test@example.com');
    assert.ok(MessageId);
    const { from, ...message } = email.messages()[0] ?? { from: '' };
    assert.equal(from, 'Asiointi <asiointi@example.fi>');
    assert.deepEqual(message, {
      channel: 'email',
      to: 'test@example.com',
      subject: 'Uutta asiointikansiossa',
      text: 'Hei',
      at: '2026-11-23T07:00:00.000Z',
    });
  });

  test('what became of it is told as SES tells it, with its tags; the simulator’s address bounces', async () => {
    announced.length = 0;
    const { MessageId } = await send('asiointi@example.fi', 'test@example.com');
    await send('asiointi@example.fi', 'bounce@simulator.amazonses.com');
    const told = announced.map(({ source, 'detail-type': type, detail }) => [source, type, detail.eventType]);
    assert.deepEqual(told, [
      ['aws.ses', 'Email Delivered', 'Delivery'],
      ['aws.ses', 'Email Bounced', 'Bounce'],
    ]);
    const { mail } = (announced[0] ?? assert.fail()).detail as { mail: { messageId: string; tags: object } };
    assert.deepEqual([mail.messageId, mail.tags], [MessageId, { hour: ['9'] }]);
  });

  test('another sender or a malformed recipient is refused as SES refuses', async () => {
    const before = email.messages().length;
    await assert.rejects(send('asiointi@elsewhere.fi', 'test@example.com'), { name: 'MessageRejected' });
    await assert.rejects(send('"asiointi@example.fi" <x@elsewhere.fi>', 'test@example.com'), {
      name: 'MessageRejected',
    });
    for (const to of ['test', 'test@', 'a b@example.com', 'test@example.com\r\nBcc: x@example.com']) {
      await assert.rejects(send('asiointi@example.fi', to), { name: 'BadRequestException' });
    }
    assert.equal(email.messages().length, before);
  });
});

describe('text message', () => {
  let sms: Sms;
  let sns: SNSClient;
  before(async () => {
    sms = await startSms({ now: () => at });
    sns = new SNSClient({ ...common, endpoint: sms.url });
  });
  after(async () => {
    sns.destroy();
    await sms.close();
  });
  const publish = (PhoneNumber: string, senderId: string) =>
    sns.send(
      new PublishCommand({
        PhoneNumber,
        Message: 'Asiointikansiossasi on uutta & nähtävää.',
        MessageAttributes: {
          'AWS.SNS.SMS.SMSType': { DataType: 'String', StringValue: 'Transactional' },
          'AWS.SNS.SMS.SenderID': { DataType: 'String', StringValue: senderId },
        },
      }),
    );

  test('reaches a number, with its sender', async () => {
    const { MessageId } = await publish('+358401234567', 'Helsinki');
    assert.ok(MessageId);
    assert.deepEqual(sms.messages(), [
      {
        channel: 'sms',
        to: '+358401234567',
        text: 'Asiointikansiossasi on uutta & nähtävää.',
        at: '2026-11-23T07:00:00.000Z',
        senderId: 'Helsinki',
      },
    ]);
  });

  test('a number or sender that SNS would not take is refused, topics too', async () => {
    for (const number of ['0401234567', '+0401234567', '+358 40 1234567', '+3584012345678901']) {
      await assert.rejects(publish(number, 'Helsinki'), { name: 'InvalidParameterException' });
    }
    await assert.rejects(publish('+358401234567', 'Helsinki-city'), { name: 'InvalidParameterException' });
    const topic = new PublishCommand({
      TopicArn: 'arn:aws:sns:eu-north-1:000000000000:alarms',
      Message: 'x',
    });
    await assert.rejects(sns.send(topic), { name: 'InvalidParameterException' });
    assert.equal(sms.messages().length, 1);
  });
});
