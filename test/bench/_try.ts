import { startDynamo } from '@echelon/local-stage';
import { documents } from '@echelon/program/documents';
import { actor } from '../journeys/cast.ts';
import { opportunity, partnerAtWork, programInForce, submitted } from '../journeys/one-deal.ts';
import { localWorld } from '../local-world.ts';
import { startRecorder } from './recorder.ts';

const dynamo = await startDynamo();
const rec = await startRecorder(dynamo.endpoint);
const w = await localWorld({ clockMoves: false, meter: true, dynamodb: rec.url });
try {
  const p = await programInForce(w);
  const one = await partnerAtWork(w, p, 'Bench LLC');
  const d = await submitted(one, opportunity(p, 300_000n));
  await w.stage.settle();
  console.log(JSON.stringify(await rec.record(() => one.system.deals.submit({ body: opportunity(p, 20_000n) })), null, 1));
  await w.stage.settle();
  const params = { dealId: d.id };
  console.log('approve', JSON.stringify(await rec.record(() => actor(w, 'channel-manager').deals.approve({ params })), null, 1));
  await w.stage.settle();
  const order = {
    orderNumber: `PO-1`,
    orderedOn: d.submittedAt.toZonedDateTimeISO('UTC').toPlainDate(),
    amount: d.amount,
    fulfilledBy: one.partnerId,
  };
  console.log(
    'win',
    JSON.stringify(
      await rec.record(async () => {
        await actor(w, 'billing-system').deals.win({ params, body: order as never });
        await w.stage.settle();
      }),
      null,
      1,
    ),
  );
} finally {
  await w.close();
  await rec.stop();
  await dynamo.stop();
}
