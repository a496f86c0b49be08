import { Link } from 'react-router';
import { useTitle } from '../hooks';

export function NotFoundPage() {
  useTitle('No such page');
  return (
    <>
      <h1>No such page</h1>
      <p className="quiet">
        The address leads nowhere. <Link to="/">All models</Link>
      </p>
    </>
  );
}
