/** The bench's clock stands, so that it costs nothing: what only time brings about is written over what is in the table. */
import { type AttributeValue, DeleteItemCommand, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { Stage } from '@echelon/local-stage';

type Item = Record<string, AttributeValue>;
type Body = Readonly<Record<string, unknown>>;
interface Place {
  readonly service: string;
  readonly id: string;
  /** `STATE` unless told. */
  readonly sort?: string;
}
type In = Pick<Stage, 'dynamodb' | 'tables'>;

const at = ({ tables }: In, { service, id, sort = 'STATE' }: Place) => ({
  TableName: `${tables[service]}`,
  Key: { pk: { S: id }, sk: { S: sort } },
});

export const bodyOf = async (stage: In, place: Place): Promise<{ readonly item: Item; readonly body: Body }> => {
  const { Item = {} } = await stage.dynamodb.send(new GetItemCommand({ ...at(stage, place), ConsistentRead: true }));
  return { item: Item, body: JSON.parse(`${Item.body?.S}`) as Body };
};

/** Another body, and another place in an index if need be, at the version that it has. */
export const replant = async (stage: In, place: Place, change: (body: Body) => Body, places: (body: Body) => Item = () => ({})): Promise<void> => {
  const { item, body } = await bodyOf(stage, place);
  const changed = change(body);
  const { TableName } = at(stage, place);
  await stage.dynamodb.send(new PutItemCommand({ TableName, Item: { ...item, body: { S: JSON.stringify(changed) }, ...places(changed) } }));
};

export const uproot = async (stage: In, place: Place): Promise<void> => {
  await stage.dynamodb.send(new DeleteItemCommand(at(stage, place)));
};
